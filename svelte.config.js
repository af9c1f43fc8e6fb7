/** How Svelte compiles the client: runes everywhere, so that no old reactivity slips in. */
export default {
  compilerOptions: { runes: true },
};
