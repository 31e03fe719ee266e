// Pictures of the listening room in its states, as part of the journey in screens.mjs.
import { agree, ask, begin, choose, press, settled, step, turn } from './world/listening.mjs';
import { sizes } from './world/phone.mjs';
import { t } from './world/texts.mjs';

const said = 'Saturday was the one day we had, and I found out from the calendar that it was gone.';
const heard = 'You felt left out when I booked Saturday, because it was the one day we had.';

/** `a` asks `b`; both have Today before them, and both have it again afterwards. */
export async function listening(a, b, picture) {
  await a.room('listen');
  await picture(a, 'listen');
  await a.tap('listen.ask.title');
  await a.at('listen.gate.title');
  await picture(a, 'listen-gate');
  await a.go('today');
  await ask(a, { gate: true, looked: () => picture(a, 'listen-ask') });
  await b.go('today');
  await b.tap('listen.now.asked-now');
  await picture(b, 'listen-asked');
  await agree(b);
  await a.at('listen.now.other-ready');
  await picture(a, 'listen-ready');
  await a.tap('listen.ready');
  await a.at('listen.room.speaking.mine.title');
  await picture(a, 'room-speaking');
  await b.at('listen.room.speaking.theirs.title');
  await picture(b, 'room-listening');
  await step.piece(a);
  await b.at('listen.room.spoken.mine.title');
  await picture(b, 'room-say-back');
  await step.back(b);
  await a.at('listen.room.given-back.mine.title');
  await picture(a, 'room-was-it');
  for (let times = 0; times < 3; times += 1) {
    await step.heard(a, 'not-yet');
    if (times < 2) await step.back(b);
  }
  await b.at('listen.room.smaller-offered.title');
  await picture(b, 'room-smaller');
  await press(b, 'listen.room.moment');
  await b.sees('listen.room.moment.title');
  await picture(b, 'room-moment');
  await b.page.keyboard.press('Escape');
  await press(b, 'listen.room.do.smaller');
  await press(a, 'listen.room.pause');
  await b.sees('listen.room.paused.theirs');
  await picture(b, 'room-paused');
  await press(a, 'listen.room.go-on');
  await step.piece(a);
  await step.back(b);
  await step.heard(a, 'yes');
  await a.at('listen.room.more.mine.title');
  await picture(a, 'room-more');
  await step.all(a);
  await b.at('listen.room.making-sense.mine.title');
  await picture(b, 'room-sense');
  await press(b, 'listen.room.do.said');
  await b.at('listen.room.imagining.mine.title');
  await picture(b, 'room-imagine');
  await press(b, 'listen.room.do.said');
  await a.at('listen.room.feeling-given.mine.title');
  await picture(a, 'room-feeling');
  await press(a, 'listen.room.do.right');
  await turn(b, a);
  await a.at('listen.room.thanking.title');
  await picture(a, 'room-thanks');
  await step.thank(a, 'For staying with it when it was hard');
  await step.thank(b, 'You said it without a sting');
  await a.at('listen.held.title');
  await picture(a, 'listen-held');
  await b.at('listen.held.title');

  // In writing.
  await begin(a, b, { how: 'typed', gate: false });
  await a.write('listen.room.field.piece', said);
  await picture(a, 'typed-speaking');
  await step.piece(a);
  await b.reads(said);
  await picture(b, 'typed-say-back');
  await step.back_typed(b, heard);
  await a.reads(heard);
  await settled(a, a.button('listen.room.do.yes'));
  await picture(a, 'typed-was-it');
  await a.page.setViewportSize(sizes.desktop);
  await picture(a, 'desktop-room');
  await a.page.setViewportSize(sizes.phone);
  await press(a, 'listen.room.moment');
  await stop(a);
  for (const phone of [a, b]) await phone.at('listen.held.stopped');

  // One phone on the table.
  await a.room('listen');
  await a.tap('listen.ask.title');
  await choose(a, 'listen.how.table');
  await a.tap('listen.ask.table');
  await picture(a, 'table-ready');
  for (const half of await a.page.getByRole('button', { name: t('listen.ready'), exact: true }).all()) await half.click();
  await press(a, 'listen.room.do.piece');
  await press(a, 'listen.room.do.back');
  await settled(a, a.button('listen.room.do.yes'));
  await picture(a, 'table-was-it');
  await press(a, 'listen.room.pause');
  await stop(a);
  await a.at('listen.held.stopped');
}

async function stop(phone) {
  await phone.tap('listen.room.stop');
  await phone.page.getByRole('dialog').getByRole('button', { name: t('listen.room.stop'), exact: true }).click();
}
