// Two people in a listening session: the steps of both, taken as they come.
import { begins } from './phone.mjs';
import { t } from './texts.mjs';

/** Before the first session of their life, each passes the gate. */
async function pass_the_gate(phone) {
  const gate = phone.title('listen.gate.title');
  const button = phone.button('listen.gate.go');
  await gate.waitFor();
  await button.click();
  await phone.arrived();
}

/** From anywhere inside: asks for a session now. `gate`: none was held yet. */
export async function ask(phone, { how = 'two-phones', topic = null, gate = true, looked = () => {} } = {}) {
  await phone.room('listen');
  await phone.tap('listen.ask.title');
  if (gate) await pass_the_gate(phone);
  await phone.at('listen.ask.title');
  await looked();
  await choose(phone, `listen.how.${how}`);
  if (topic) {
    await phone.page.getByRole('button', { name: t('listen.about.hear'), exact: true }).or(phone.page.getByRole('radio', { name: t('listen.about.hear') })).first().click();
    await phone.write('listen.about.words', topic);
  }
  await phone.tap('listen.ask.go');
  await phone.at('listen.now.mine');
}

export async function choose(phone, key) {
  await phone.page.getByRole('radio', { name: begins(t(key)) }).click();
}

/** Answers from Today that now is good. */
export async function agree(phone, { gate = true } = {}) {
  await phone.go('today');
  await phone.tap('listen.now.asked-now');
  await phone.tap('listen.ready');
  if (gate) await pass_the_gate(phone);
}

/** Both on two phones, from Today to the room; `a` asked and speaks first. */
export async function begin(a, b, options) {
  await ask(a, options);
  await agree(b, options);
  await a.at('listen.now.other-ready');
  await a.tap('listen.ready'); // who asked has been through the gate since the app was opened
  await a.at('listen.room.speaking.mine.title');
  await b.at('listen.room.speaking.theirs.title');
}

/** What has to be on the other's screen before one goes on is waited for by whoever does the next step. */
export const step = {
  /** Says a piece; in a typed session these words. */
  async piece(phone, words) {
    await phone.at('listen.room.speaking.mine.title');
    if (words) await phone.write('listen.room.field.piece', words);
    await press(phone, 'listen.room.do.piece');
  },
  async back(phone, words) {
    await phone.at('listen.room.spoken.mine.title');
    if (words) await phone.write('listen.room.field.back', words);
    await press(phone, 'listen.room.do.back');
  },
  /** What is there to be given back stands above the field, and is what the title says. */
  async back_typed(phone, words) {
    await phone.write('listen.room.field.back', words);
    await press(phone, 'listen.room.do.back.typed');
  },
  async heard(phone, what) {
    await phone.at('listen.room.given-back.mine.title');
    await press(phone, `listen.room.do.${what}`);
  },
  async all(phone) {
    await phone.at('listen.room.more.mine.title');
    await press(phone, 'listen.room.do.all');
  },
  /** "That makes sense because…", "I imagine you feel…", and the speaker's answer. */
  async empathy(speaker, listener, words = {}) {
    await listener.at('listen.room.making-sense.mine.title');
    if (words.sense) await listener.write('listen.room.field.sense', words.sense);
    await press(listener, words.sense ? 'listen.room.do.tell' : 'listen.room.do.said');
    await listener.at('listen.room.imagining.mine.title');
    if (words.feeling) await listener.write('listen.room.field.feeling', words.feeling);
    await press(listener, words.feeling ? 'listen.room.do.tell' : 'listen.room.do.said');
    await speaker.at('listen.room.feeling-given.mine.title');
    await press(speaker, 'listen.room.do.right');
  },
  async thank(phone, words) {
    await phone.at('listen.room.thanking.title');
    if (words) await phone.write('listen.room.field.thanks', words);
    await press(phone, 'listen.room.do.thank');
  },
};

/** A tap that follows a change of the room too fast does nothing: a person looks first. */
export async function settled(phone, button) {
  await button.first().waitFor();
  await phone.page.locator('main[data-settled=true]').waitFor();
}

/** In the room, or in a part of it. */
export async function press(phone, key, part = phone.page) {
  const button = part.getByRole('button', { name: t(key, phone.other), exact: true });
  await settled(phone, button);
  await button.click();
  await phone.arrived();
}

/** Where a room is, as it shows it. */
export const stage_of = (phone) => phone.page.locator('main[data-stage]').getAttribute('data-stage');

/** A whole turn of one piece that is understood at once. */
export async function turn(speaker, listener, words = {}) {
  await step.piece(speaker, words.piece);
  await step.back(listener, words.back);
  await step.heard(speaker, 'yes');
  await step.all(speaker);
  await step.empathy(speaker, listener, words);
}
