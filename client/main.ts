/** Starts the client. */
import { mount, unmount } from 'svelte';
import App from './App.svelte';
import './app.css';
import { countFaults } from './faults.svelte.ts';
import { startLanguage } from './i18n/remember-language.ts';
import { startLook } from './look/chosen-look.svelte.ts';
import { startType } from './look/sized-type.svelte.ts';
import { onBuild } from './new-build.svelte.ts';
import { viewAt } from './screen.ts';
import { Succession } from './succession.ts';
import { browserTimers } from './timers.ts';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
countFaults(window);
startLanguage();
const view = viewAt(location.pathname);
startLook(view);
startType(view);
const app = mount(App, { target });
// A desk has a reader, who says when.
if (viewAt(location.pathname) === 'wall') {
  const succession = new Succession(target, browserTimers, () => void unmount(app));
  succession.listen();
  onBuild((build) => {
    succession.offer(build);
  });
}
