// One of the two lives in a browser, the other in a terminal.
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { invite, words } from '../world/couple.mjs';
import { until } from '../world/patience.mjs';
import { scene } from '../world/scene.mjs';
import { Terminal } from '../world/terminal.mjs';
import { deck, t } from '../world/texts.mjs';

scene('a browser and a terminal pair, thank each other and open sealed answers', async (stage) => {
  const a = await stage.phone('a');
  const b = new Terminal();
  stage.endings.push(() => b.remove());
  await a.start('Ada');
  const link = await invite(a);
  await b.join(link, 'Ben');
  const of_a = await words(a);
  const joining = await b.until('joining', (view) => view.words.length === 4);
  assert.deepEqual(joining.words, of_a);
  await a.tap('pair.same');
  await b.run('approve', '--yes');
  await b.until('app', (view) => view.phase === 'paired');
  a.partner = 'Ben';
  await a.at('pair.done.named');
  await a.tap('pair.done.go');

  // Thanks, there and back.
  await a.thank({ did: 'You fixed the printer without a word' });
  const cherish = await b.until('cherish', (view) => view.thanks.length === 1);
  assert.equal(cherish.thanks[0].did, '', 'closed until it is opened');
  await b.run('open', cherish.thanks[0].item);
  await b.until('cherish', (view) => view.thanks[0].did === 'You fixed the printer without a word');
  await b.command('cherish.answer', { item: cherish.thanks[0].item, tap: 'smiled' });
  await a.go('today');
  await a.button('today.new.answered').waitFor();
  await b.run('thank', '--did', 'You kept my plants alive');
  await a.open_thanks();
  await a.reads('You kept my plants alive');

  // A sealed question, offered in the terminal.
  const prompt = (await b.view('openup')).questions.length;
  assert.equal(prompt, 0);
  await b.command('openup.offer', { prompt: deck[0].id });
  await a.go('today');
  await a.tap('today.awaits.question.by-other');
  await a.seal('From the browser');
  const { questions } = await b.until('openup', (view) => view.questions.length === 1);
  assert.equal(questions[0].theirs, null);
  await b.command('openup.answer', { question: questions[0].item, text: 'From the terminal' });
  const opened = await b.until('openup', (view) => view.questions[0].state === 'opened');
  assert.equal(opened.questions[0].theirs, 'From the browser');
  await a.go('today');
  await a.tap('openup.ready.title');
  await a.tap('openup.ready.go');
  await a.reads('From the terminal');

  // In step.
  await a.go('us');
  await a.tap('us.step');
  const list = a.page.getByRole('list', { name: t('step.words.label') }).getByRole('listitem');
  await list.first().waitFor();
  let step;
  await until(
    async () => {
      step = await b.view('step');
      const there = await a.page.getByText(t('step.number', { position: step.position }), { exact: true }).isVisible();
      if (there && isDeepStrictEqual(await list.allInnerTexts(), step.words)) return true;
      await b.run('sync');
      return false;
    },
    () => `the terminal stands at entry ${step.position}: ${step.words.join(', ')}; the browser shows something else`,
  );
  assert.equal(step.words.length, 4);
});
