/** Starts the client. */
import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';
import { startLanguage } from './i18n/remember-language.ts';
import { startLook } from './look/chosen-look.svelte.ts';
import { startType } from './look/sized-type.svelte.ts';
import { viewAt } from './screen.ts';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
startLanguage();
const view = viewAt(location.pathname);
startLook(view);
startType(view);
mount(App, { target });
