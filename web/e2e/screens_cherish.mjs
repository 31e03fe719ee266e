// Pictures of the rooms of Cherish, as part of the journey in screens.mjs.
import { choice, efforts, families, gestures, news, pick, seal_letter } from './world/everyday.mjs';
import { t } from './world/texts.mjs';

/** Both have the app open somewhere inside, and have it so afterwards. */
export async function cherishing(a, b, picture) {
  await a.go('today');
  await a.tap('today.noticed');
  await a.at('noticed.title');
  await picture(a, 'i-noticed');
  await a.page.getByRole('main').getByRole('button').filter({ hasText: efforts.find(({ invisible }) => invisible).text }).first().click();
  await a.at('practices.cherish');
  await b.go('today');
  await b.tap('today.awaits.noticed');
  await b.page.getByRole('button', { name: t('thanks.answer.smiled'), exact: true }).click();
  await b.tap('thanks.answer.send');

  await pick(a, families[1], families[1].feelings[0]);
  await picture(a, 'how-i-am');
  await a.tap('feelings.go-on');
  await choice(a, new RegExp(`^${t('feelings.wish.hold-me')}`)).click();
  await a.write('feelings.line', 'I keep thinking of the platform, and your scarf.');
  await a.tap('feelings.share');
  await b.go('today');
  await b.tap('feelings.closed');
  await b.tap('thanks.open');
  await b.sees('feelings.wished.hold-me');
  await picture(b, 'hold-me');

  await a.room('cherish');
  await a.tap('goodnews.room');
  await a.page.getByRole('radio', { name: news.find(({ id }) => id === 'luck').name }).click();
  await a.write('goodnews.text', 'They found my ring. Behind the bread bin.');
  await a.tap('thanks.send');
  await b.go('today');
  await b.tap('goodnews.closed');
  await b.tap('thanks.open');
  await b.sees('goodnews.ask.title');
  await picture(b, 'good-news');
  await b.tap('goodnews.tonight');
  await b.sees('goodnews.tonight.hear');

  await b.room('cherish');
  await picture(b, 'cherish');
  await a.go('today');
  await b.tap('cherish.touch');
  await b.page.getByRole('button', { name: t('touches.squeeze'), exact: true }).click();
  await a.page.getByRole('region', { name: t('touches.pulse.label', a.other) }).waitFor();
  await picture(a, 'a-touch-comes');
  await a.page.keyboard.press('Escape');
  await picture(b, 'touches');

  await b.room('cherish');
  await b.tap('jar.title');
  await b.button('jar.shake').last().click();
  await picture(b, 'jar');
  await a.room('cherish');
  await a.tap('gestures.title');
  for (const [at, key] of [[0, 'love'], [1, 'sometimes'], [2, 'love'], [3, 'not-now']]) {
    await a.page.getByRole('group', { name: gestures[at].text }).getByRole('button', { name: t(`gestures.${key}`), exact: true }).click();
  }
  await picture(a, 'gestures');
  await a.room('cherish');
  await a.tap('letters.title');
  await a.tap('letters.write');
  await a.write('letters.text', 'Open this on the train home. I am already at the window.');
  await picture(a, 'write-a-letter');
  await seal_letter(a, 'Open this on the train home. I am already at the window.', 'app');
}
