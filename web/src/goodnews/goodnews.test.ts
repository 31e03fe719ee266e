// Good news, as both meet it: told, opened, asked about, kept for tonight, answered.
import { describe, expect, it } from 'vitest';
import { become, button, core, press, put_away, scene, scene_again, sent, settle, show, title, write } from '../app/whole_app.ts';
import { goodnews, news } from '../shots/feelings.ts';
import { scenes } from '../shots/scenes.ts';
import { news_question, news_sort, news_sorts, offered_questions } from '../text/cherish.ts';
import { names, t } from '../text/text.ts';

const kNoa = names('Noa');
const main = () => document.querySelector('main')?.textContent ?? '';
const args = (name: string) => sent(name).map((one) => one.args);
async function choose(name: string) {
  const found = [...document.querySelectorAll('label')].find((one) => one.textContent?.trim().startsWith(name));
  if (!found) throw new Error(`There is no choice “${name}”.`);
  found.click();
  await settle();
}

describe('Telling good news', () => {
  it('asks what kind it is and what happened, and keeps both as a draft', async () => {
    scene('good-news');
    expect(main()).toContain(t('thanks.privacy'));
    await press(t('thanks.send', kNoa));
    expect(main()).toContain(t('goodnews.need-sort'));
    await choose(news_sort('joy')?.name ?? '?');
    expect(main()).toContain(t('goodnews.need'));
    write(t('goodnews.text'), 'The swifts are back.');
    expect(core.draft('goodnews.sort')).toBe('joy');
    await press(t('thanks.send', kNoa));
    expect(args('goodnews.share')).toEqual([{ sort: 'joy', text: 'The swifts are back.' }]);
    expect(core.draft('goodnews.text')).toBe('');
  });
  it('refused, keeps the words', async () => {
    scene('good-news-written');
    core.replies['goodnews.share'] = { ok: false, code: 'disk-full' };
    await press(t('thanks.send', kNoa));
    expect(main()).toContain('no room left');
    expect(core.draft('goodnews.text')).not.toBe('');
  });
  it('takes two', () => {
    show({ to: 'good-news' }, { ...scenes['today-alone']?.views });
    expect(title()).not.toBe(t('goodnews.title'));
  });
});

describe('Good news of the other', () => {
  it('is closed until it is opened', async () => {
    scene('news-closed');
    expect(main()).not.toContain('autumn');
    await press(t('thanks.open'));
    expect(args('space.open-item')).toEqual([{ item: 'G1' }]);
    become('news');
    await settle();
    expect(main()).toContain('autumn');
  });
  it('comes with two of our questions for its kind, counted round', async () => {
    for (const { id, questions } of news_sorts()) {
      const last = offered_questions(id, questions.length * 31 - 1);
      expect(last.map((one) => one.id)).toEqual([questions.at(-1)?.id, questions[0]?.id]);
    }
    show({ to: 'news', item: 'G1' }, { ...scenes['today-full']?.views, goodnews: goodnews(news({ offered: 250 })) });
    for (const { text } of offered_questions('work', 250)) expect(main()).toContain(text);
  });
  it('can be asked about with one of them, both, or own words', async () => {
    scene('news');
    expect(() => button(t('goodnews.ask.go', kNoa))).toThrow();
    const [first, second] = offered_questions('work', 0);
    await choose(first?.text ?? '?');
    await choose(second?.text ?? '?');
    await choose(second?.text ?? '?'); // not that one
    write(t('goodnews.ask.words'), 'Who told you?');
    await press(t('goodnews.ask.go', kNoa));
    expect(args('goodnews.ask')).toEqual([{ item: 'G1', questions: [first?.id], words: 'Who told you?' }]);
    await put_away();
    scene('news');
    await choose(first?.text ?? '?');
    await choose(second?.text ?? '?');
    await press(t('goodnews.ask.go', kNoa));
    expect(args('goodnews.ask')).toEqual([{ item: 'G1', questions: [first?.id, second?.id] }]);
  });
  it('can wait for tonight, and leaves Today when one of us says that we talked', async () => {
    scene('news');
    await press(t('goodnews.tonight'));
    expect(args('goodnews.tonight')).toEqual([{ item: 'G1' }]);
    scene_again('news-tonight');
    expect(() => button(t('goodnews.tonight'))).toThrow();
    expect(main()).toContain(t('goodnews.tonight.text'));
    await press(t('goodnews.talked'));
    expect(args('goodnews.talked')).toEqual([{ item: 'G1' }]);
  });
  it('shows what was told, and can be asked about again', async () => {
    scene('news-told');
    expect(main()).toContain('with my coat half on');
    await press(t('goodnews.ask.more'));
    expect(main()).toContain(offered_questions('work', 0)[1]?.text);
  });
  it('has no mark for me to see that it felt good', () => {
    scene('news-told');
    expect(main()).not.toContain(t('goodnews.felt-good'));
  });
});

describe('My good news', () => {
  it('shows what was asked, and the answer goes back', async () => {
    scene('news-mine-asked');
    expect(main()).toContain(news_question('nq-joy-2'));
    expect(main()).toContain('How many were there?');
    expect(main()).toContain(t('goodnews.tonight.tell', kNoa));
    write(t('goodnews.tell.label'), 'Five, and loud.');
    await press(t('thanks.answer.send'));
    expect(args('goodnews.tell')).toEqual([{ item: 'G2', words: 'Five, and loud.' }]);
  });
  it('can be marked for me alone', async () => {
    scene('news-mine-asked');
    expect(main()).toContain(t('goodnews.felt-good.private'));
    await press(t('goodnews.felt-good'));
    expect(args('goodnews.felt-good')).toEqual([{ item: 'G2' }]);
  });
  it('before anything was asked has nothing to answer or to mark, and can be taken back', async () => {
    scene('news-mine');
    expect(() => button(t('goodnews.felt-good'))).toThrow();
    expect(main()).not.toContain(t('goodnews.tell.label'));
    expect(main()).not.toMatch(/waiting for|has not/i);
    await press(t('thanks.take-back'));
    [...document.querySelectorAll<HTMLElement>('dialog[open] button')].find((one) => one.textContent?.trim() === t('thanks.take-back'))?.click();
    await settle();
    expect(args('space.take-back')).toEqual([{ item: 'G2' }]);
  });
  it('stands in Today for both of us in its own words', async () => {
    scene('today-small-things');
    expect(main()).toContain(t('today.awaits.tonight.by-you'));
    await press(t('today.awaits.tonight.by-you'));
    expect(history.state).toMatchObject({ route: { to: 'news', item: 'G2' } });
    scene_again('us-small-things');
    await press(t('us.story.good-news.by-other', kNoa));
    expect(history.state).toMatchObject({ route: { to: 'news', item: 'G1' } });
  });
});
