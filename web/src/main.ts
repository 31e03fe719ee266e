import { mount } from 'svelte';
import App from './app/App.svelte';
import { quick_exit, stays_away } from './app/exit.ts';
import { take_from_address } from './app/invitation.ts';
import { kept_spacing, show_spacing } from './app/spacing.ts';
import { kept_theme, show_theme } from './app/theme.ts';
import { connect } from './core/connect.ts';
import './design/tokens.css';
import './design/fonts/fonts.css';
import './design/base.css';
import { direction, language } from './text/text.ts';

const invitation = take_from_address(); // before anything else looks at the address
if (stays_away()) quick_exit();
else {
  document.documentElement.lang = language;
  document.documentElement.dir = direction;
  show_theme(kept_theme());
  show_spacing(kept_spacing());
  const target = document.getElementById('app');
  if (target) mount(App, { target, props: { core: connect(), invitation } });
}
