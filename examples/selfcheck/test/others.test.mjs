// Answers of other versions of the model, and of others: what fits is carried over, what does not is said, and several
// who answered for one subject see where they disagree.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { ORIGIN, begin, element, fill, fits, settled, show, violations, visit } from './kit.mjs';

const temp = mkdtempSync(join(tmpdir(), 'selfcheck-'));
after(() => rmSync(temp, { recursive: true }));

// sound: axe finds nothing in either colour scheme, and nothing scrolls sideways, on a narrow screen either. SHOTS, a folder, gets pictures.
async function sound(page, name) {
  await settled(page);
  const size = page.viewportSize();
  for (const width of process.env.SHOTS ? [size.width, 390, 320] : [size.width, 320]) {
    await page.setViewportSize({ width, height: width < 500 ? 800 : size.height });
    if (width === size.width) for (const colorScheme of ['dark', 'light']) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await violations(page), [], `${name}, ${colorScheme}`);
    }
    await fits(page, `${name} at ${width} px`);
    if (process.env.SHOTS) {
      mkdirSync(process.env.SHOTS, { recursive: true });
      await page.screenshot({ path: join(process.env.SHOTS, `${name}-${width}.png`), fullPage: true });
    }
  }
  await page.setViewportSize(size);
}

const file = (name, document) => ({ name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(document)) });
const open = async (page, document) => {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Åpne en fil' }).click()]);
  await chooser.setFiles(file('svar.json', document));
};
const rows = (page, name) => page.locator(`maturity-check .scroll[aria-label^="${name}"]`).locator('tbody tr').evaluateAll((list) => list.map((row) => [...row.children].map((cell) => cell.textContent)));
const heading = (page) => page.getByRole('heading', { level: 1, name: 'Svarene er gitt til en annen versjon' });

const old = { model: { id: 'digital-modenhet-kommune', version: '0.9.0' }, subject: { name: 'Elvebakken' }, answers: { 'anchoring-owner': 'executive', 'anchoring-gone': 'yes', 'strategy-national': 'unheard' }, comments: { 'anchoring-gone': 'Vedtatt i mars.' } };

test('a file of another version is offered, and nothing is taken or left out before that is seen', () => visit({}, async (page) => {
  await element(page, (check) => check.ready);
  await open(page, old);
  await heading(page).waitFor();
  await page.getByText('Svarene er gitt til versjon 0.9.0 av modellen.').waitFor();
  await page.getByText('Siden har ikke den andre versjonen.').waitFor();
  await page.getByText('3 opplysninger kunne ikke tas med.').waitFor();
  assert.deepEqual((await rows(page, 'Dette kunne ikke tas med')).map(([, what]) => what), [
    'Svar: unheard. Kan ikke velges lenger.', 'Svar: yes. Finnes ikke lenger.', 'Kommentar: Vedtatt i mars. Finnes ikke lenger.']);
  assert.equal(await element(page, (check) => check.store.list().records.length), 0);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Last ned svarene slik de er' }).click()]);
  assert.deepEqual(JSON.parse(readFileSync(await download.path(), 'utf8')), old);
  await sound(page, 'offered');
  await page.getByRole('button', { name: 'Ikke nå' }).click();
  await page.getByRole('button', { name: 'Start egenvurderingen' }).waitFor();
  assert.equal(await element(page, (check) => check.store.list().records.length), 0);
  await page.goBack();
  await heading(page).waitFor();
  const version = await element(page, (check) => check.scorer.version);
  await page.getByRole('button', { name: `Gå videre med versjon ${version}` }).click();
  await page.locator('maturity-check fieldset').first().waitFor();
  const { model, answers } = await element(page, (check) => check.assessment);
  assert.deepEqual([model.version, answers], [version, { 'anchoring-owner': 'executive' }]);
  await page.goBack(); // what was accepted is no offer any more
  await page.getByRole('button', { name: 'Start egenvurderingen' }).waitFor();
}));

test('a saved one of another version stays as it is, beside the new one; a link is offered too; what is no answer is refused', () => visit({}, async (page) => {
  await element(page, (check) => check.ready);
  const record = JSON.stringify({ id: 'old', model: old.model.id, revision: 3, updated: 1, assessment: { ...old, evidence: { 'anchoring-owner': [{ title: 'Vedtak', url: 'https://example.org/vedtak' }, { title: 'Utkast', url: 'htt' }] } }, targets: { governance: 'managed', gone: 'managed' } });
  await page.evaluate((text) => localStorage.setItem('modenhet/check/old', text), record);
  await page.reload();
  await page.getByText('versjon 0.9.0').waitFor();
  await page.getByRole('button', { name: 'Fortsett: Elvebakken' }).click();
  await heading(page).waitFor();
  await page.getByText('Det som er lagret, blir ikke endret.').waitFor();
  assert.deepEqual((await rows(page, 'Dette kunne ikke tas med')).map(([, what]) => what).slice(-2), ['Lenke: Utkast htt. Lenken er ikke ferdig.', 'Mål: managed. Finnes ikke lenger.']);
  await page.getByRole('button', { name: 'Gå videre med versjon' }).click();
  await page.locator('maturity-check fieldset').first().waitFor();
  assert.deepEqual(await element(page, (check) => check.target), { governance: 'managed' });
  assert.deepEqual(await element(page, (check) => check.assessment.evidence), { 'anchoring-owner': [{ title: 'Vedtak', url: 'https://example.org/vedtak' }] });
  assert.equal(await page.evaluate(() => localStorage.getItem('modenhet/check/old')), record);
  assert.equal(await element(page, (check) => check.store.list().records.length), 2);
  const before = await element(page, (check) => check.assessment);
  const link = (document) => page.evaluate((to) => (location.hash = to), `modenhet=${deflateRawSync(JSON.stringify(document)).toString('base64url')}`);
  await link(old);
  await heading(page).waitFor();
  await link({ ...old, date: 'aldri' });
  await page.locator('maturity-check .notes').getByText('Lenken kan ikke leses.').waitFor();
  assert.deepEqual(await element(page, (check) => check.assessment), before);
}));

// Two versions of a small model: a question with another id and a new wording, one turned round, one gone, one new.
const first = { id: 'plan', version: '1.0.0', language: 'nb', title: 'Plan', levels: [{ id: 'a', title: 'Åpen' }, { id: 'b', title: 'Trygg', from: 0.6 }], children: [
  { id: 'g', title: 'Gruppe', children: [{ id: 'has', title: 'Har dere en plan?', answer: { type: 'yesno' } }, { id: 'late', title: 'Er den for gammel?', answer: { type: 'yesno', points: { yes: 0, no: 1 } } }, { id: 'paper', title: 'Er den på papir?', answer: { type: 'yesno' } }, { id: 'share', title: 'Hvor mange vet om den?', answer: { type: 'scale', min: 0, max: 4 } }] }] };
const second = { ...first, version: '2.0.0', replaces: { late: 'fresh', 'late/true': 'fresh/false', 'late/false': 'fresh/true' }, children: [
  { id: 'g', title: 'Gruppe', children: [{ id: 'has', title: 'Har dere en vedtatt plan?', answer: { type: 'yesno' } }, { id: 'fresh', title: 'Er den ny nok?', answer: { type: 'yesno' } }, { id: 'share', title: 'Hvor mange vet om den?', answer: { type: 'scale', min: 0, max: 4 } }, { id: 'tried', title: 'Er den prøvd?', answer: { type: 'yesno' } }] }] };

// withModels gives the element a model and those before it.
const withModels = (page, model, earlier) => element(page, (check, [model, earlier]) => new Promise((resolve) => {
  check.addEventListener('ready', resolve, { once: true });
  check.earlier = earlier;
  check.model = model;
}), [model, earlier]);

test('a page that has the earlier model says what was reworded, and gives both scores; years are compared across versions', () => visit({}, async (page) => {
  await element(page, (check) => check.ready);
  await withModels(page, second, [{ ...first, title: 'En annen tekst' }, first]);
  const answers = { model: { id: 'plan', version: '1.0.0' }, subject: { name: 'Fjordvik' }, answers: { has: true, late: false, paper: true, share: 2 } };
  await open(page, answers);
  await heading(page).waitFor();
  await settled(page);
  await page.getByText('Siden har begge versjonene').waitFor();
  assert.deepEqual(await rows(page, 'Dette kunne ikke tas med'), [['Er den på papir?', 'Svar: Ja. Finnes ikke lenger.']]);
  assert.deepEqual(await rows(page, 'Dette har fått en ny plass'), [['Er den for gammel? Nei', 'Er den ny nok? Ja']]);
  assert.deepEqual((await rows(page, 'Disse spørsmålene er endret'))[0], ['Har dere en vedtatt plan?', 'Har dere en plan?']);
  const [[, before, now]] = await rows(page, 'De samme svarene etter begge versjonene');
  assert.match(before, /^1,3 \(Nivå 2\)$/);
  assert.match(now, /^1,3 \(Nivå 2\) \(mangler svar\)$/);
  await sound(page, 'both');
  await page.getByRole('button', { name: 'Gå videre med versjon 2.0.0' }).click();
  await page.locator('maturity-check fieldset').first().waitFor();
  await element(page, (check, answers) => {
    check.answers.set('tried', false);
    check.save();
    check.store.put({ id: 'earlier', model: 'plan', revision: 0, assessment: answers, targets: {} });
  }, answers);
  await show(page, ['result', 'compare']);
  await page.getByLabel('Velg en lagret vurdering').selectOption('earlier');
  await page.getByText('Svarene er gitt til versjon 1.0.0, og er gjort om til versjon 2.0.0.').waitFor();
  const [[, one, two, today, change]] = await rows(page, 'Mot en annen vurdering');
  assert.deepEqual([one, two, today, change], ['1,3', '1,3 (mangler svar)', '1,0', '−0,3']);
  await sound(page, 'years');
  await element(page, (check) => (check.earlier = [])); // the page has today's alone
  await show(page, ['result', 'compare']);
  await page.getByLabel('Velg en lagret vurdering').selectOption('earlier');
  await page.getByText('Svarene er gitt til versjon 1.0.0').waitFor();
  assert.deepEqual((await rows(page, 'Mot en annen vurdering'))[0].slice(1), ['1,3', '1,0', '−0,3']);
  await page.getByText('Dette kunne ikke tas med').first().click();
  assert.deepEqual(await rows(page, 'Dette kunne ikke tas med'), [['paper', 'Svar: Ja. Finnes ikke lenger.']]);
}));

test('a model file that takes the place of another leaves that at hand', () => visit({}, async (page) => {
  await element(page, (check) => check.ready);
  for (const model of [first, second]) assert.ok(await element(page, (check, text) => check.useModel(text, true), JSON.stringify(model)));
  await open(page, { model: { id: 'plan', version: '1.0.0' }, answers: { has: true } });
  await page.getByText('Siden har begge versjonene').waitFor();
}));

// team is what several answered about one subject: each answers the first questions in a way of their own.
const team = (page, names) => element(page, (check, names) => names.map((respondent, who) => {
  const answers = {};
  check.view.questions.slice(0, 24).forEach((question, i) => {
    const options = question.answer.type === 'choice' ? check.view.options(question) : undefined;
    if (options) answers[question.id] = options[i % 3 === 0 ? 0 : (i + who * (i % 5)) % options.length].value;
  });
  return { model: { id: check.scorer.id }, subject: { name: 'Fjordvik kommune' }, respondent, answers };
}), names);

test('several who answered for one subject see what to talk about, how far they agree, and one answer of all', () => visit({}, async (page) => {
  await begin(page);
  await fill(page, 0.4);
  const documents = await team(page, ['Kari', 'Ola', 'Ida']);
  await show(page, ['result', 'compare']);
  await page.getByLabel('Åpne filer fra andre').setInputFiles([...documents.map((document, i) => file(`${i}.json`, document)), file('gammel.json', { ...documents[0], respondent: 'Per', model: { ...documents[0].model, version: '0.9.0' }, answers: { ...documents[0].answers, borte: true } })]);
  await page.getByText('5 har svart: Svarene her, Kari, Ola, Ida, Per.').waitFor();
  await page.getByText('gammel.json: Svarene er gitt til versjon 0.9.0').waitFor();
  await settled(page);
  const engine = await element(page, (check, documents) => check.analysis.agree(documents), documents);
  const talk = await rows(page, 'Snakk om dette først');
  assert.ok(talk.length === 10 && engine.talk.length > 5);
  const share = (row) => Number(row[1].split(' %')[0]);
  assert.ok(share(talk[0]) > 30 && talk.every((row, i) => i === 0 || share(row) <= share(talk[i - 1])), String(talk.map(share)));
  const agreement = await rows(page, 'Enighet om temaene');
  assert.ok(agreement.some(([, , alpha]) => /^−?\d,\d\d$/.test(alpha)), 'some is defined');
  assert.ok(agreement.some(([, , alpha]) => alpha === 'for få svar'), 'and why others are not is said');
  const combined = await rows(page, 'Ett felles svar');
  await page.getByLabel('Hvordan svarene slås sammen').selectOption('lowest');
  await settled(page);
  const lowest = await rows(page, 'Ett felles svar');
  const number = (text) => Number(text.replace(',', '.'));
  assert.ok(number(lowest[0][1]) < number(combined[0][1]), `${lowest[0]} ${combined[0]}`);
  await sound(page, 'respondents');
  await element(page, (check) => {
    globalThis.print = () => {};
    return check.print();
  });
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.locator('maturity-check .report').getByText('Snakk om dette først').first().isVisible());
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.getByRole('button', { name: 'Åpne det felles svaret' }).click();
  await page.getByText('Samlet nivå', { exact: true }).first().waitFor();
  assert.equal(await element(page, (check) => check.assessment.subject.name), 'Fjordvik kommune');
  assert.equal(await element(page, (check) => check.store.list().records.length), 2);
}));

test('the same files are a group where somebody says so, and what rests on few is hidden when asked', () => visit({}, async (page) => {
  await begin(page);
  await fill(page);
  const documents = await team(page, ['Kari', 'Ola', 'Ida']);
  await show(page, ['result', 'compare']);
  await page.getByLabel('Åpne filer fra andre').setInputFiles(documents.map((document, i) => file(`${i}.json`, document)));
  await page.getByText('4 har svart').waitFor();
  await page.getByLabel('Filene er svar').selectOption('many');
  await page.getByText('4 vurderinger').waitFor();
  assert.match((await rows(page, '4 vurderinger'))[0][2], /^\d,\d$/);
  await page.getByLabel('Skjul tall som bygger på for få').check();
  await settled(page);
  for (const [, own, ...figures] of await rows(page, '4 vurderinger')) assert.ok(own !== 'skjult' && figures.every((text) => ['skjult', 'ingen verdier'].includes(text)), figures.join());
  assert.equal(await page.getByText('kan lære bort til').count(), 0);
  await sound(page, 'hidden');
}));

test('an assessment of another version that the page around sets is offered', () => visit({ from: `${ORIGIN}/` }, async (page) => {
  await element(page, (check) => check.ready);
  await element(page, (check, document) => (check.assessment = document), old);
  await heading(page).waitFor();
}));
