import { mount } from 'svelte';
import App from './app/App.svelte';
import { quick_exit, stays_away } from './app/exit.ts';
import { demo_words, take_from_address } from './app/invitation.ts';
import { kept_spacing, show_spacing } from './app/spacing.ts';
import { kept_theme, show_theme } from './app/theme.ts';
import { connect } from './core/connect.ts';
import './design/tokens.css';
import './design/fonts/fonts.css';
import './design/base.css';
import { kept_language, speak } from './text/language.ts';

/** How it looks and which language it speaks is settled before anything is on the screen. */
async function begin(invitation: string | null, words: string | null): Promise<void> {
  show_theme(kept_theme());
  show_spacing(kept_spacing());
  const [core] = await Promise.all([connect(), speak(kept_language())]);
  const target = document.getElementById('app');
  if (target) mount(App, { target, props: { core, invitation, words } });
}

const words = demo_words(location);
const invitation = take_from_address(); // before anything else looks at the address
if (stays_away()) quick_exit();
else void begin(invitation, words);
