// The self-check as people use it, in headless Chromium. selfcheck_test.go builds and serves the page, and runs this.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ORIGIN, PDFTOTEXT, begin, element, fill, fits, settled, show, violations, visit } from './kit.mjs';

const temp = mkdtempSync(join(tmpdir(), 'selfcheck-'));
after(() => rmSync(temp, { recursive: true }));

test('a reload in the middle loses nothing, and neither does going back', () => visit({}, async (page) => {
  await begin(page);
  await fill(page, 0.5);
  const card = page.locator('maturity-check .card').first();
  await card.click();
  await page.getByRole('button', { name: 'Legg til kommentar' }).first().click();
  await page.getByLabel('Kommentar').first().fill('Vi er midt i dette.');
  const before = await element(page, (check) => check.assessment);
  await page.reload();
  await page.getByLabel('Kommentar').first().waitFor();
  assert.deepEqual(await element(page, (check) => check.assessment), before);
  await show(page, ['result', 'overview']);
  await page.goBack();
  await page.locator('maturity-check fieldset').first().waitFor();
  assert.deepEqual(await element(page, (check) => check.assessment), before);
}));

test('scores are the engine’s own, to the byte', () => visit({}, async (page) => {
  await begin(page);
  await fill(page, 0.8);
  const [shown, engine] = await element(page, (check) => [JSON.stringify(check.answers.result), JSON.stringify(JSON.parse(check.scorer.scoreJSON(check.assessment)))]);
  assert.equal(shown, engine);
}));

test('answers go out as a file and as a link, and come in again', () => visit({}, async (page, context) => {
  await begin(page);
  await fill(page);
  await show(page, ['result', 'overview']);
  const sent = await element(page, (check) => check.assessment);
  await page.getByText('Last ned', { exact: true }).click();
  const download = async (name) => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
    return file;
  };
  const file = join(temp, 'answers.json');
  await (await download('Svarene (JSON)')).saveAs(file);
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), sent);
  for (const name of ['Resultatet (CSV)', 'Rapporten (Markdown)']) assert.match(readFileSync(await (await download(name)).path(), 'utf8'), /Samarbeid på tvers/);
  const open = async (path) => {
    await show(page, ['start']);
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Åpne en fil' }).click()]);
    await chooser.setFiles(path);
  };
  await open(file);
  await page.getByText('Svarene fra filen er åpnet').waitFor();
  assert.deepEqual(await element(page, (check) => check.assessment), sent);
  const bad = join(temp, 'bad.json');
  writeFileSync(bad, '{"model":{"id":"digital-modenhet-kommune"},"answers":{"none":1}}');
  await open(bad);
  await page.getByText('Filen er ikke en egenvurdering. Svarene deres er uendret.').waitFor();

  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await show(page, ['result', 'overview']);
  await page.getByText('Last ned', { exact: true }).click();
  await page.getByRole('button', { name: 'Kopier lenke med svarene' }).click();
  await page.getByText('Lenken er kopiert').waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await context.newPage();
  await other.goto(link);
  await other.getByText('Svarene fra lenken er åpnet').waitFor();
  const { evidence, comments, ...rest } = sent;
  assert.deepEqual(await element(other, (check) => check.assessment), rest);
  assert.equal(new URL(other.url()).hash, '');
}));

test('several self-checks: named, copied, deleted, brought back', () => visit({}, async (page) => {
  await begin(page);
  await fill(page, 0.2);
  await show(page, ['start']);
  await page.getByRole('button', { name: 'Lag en kopi: Fjordvik kommune' }).click();
  assert.equal(await page.locator('maturity-check .saved li').count(), 2);
  await page.getByRole('button', { name: 'Slett: Fjordvik kommune (2)' }).click();
  assert.equal(await page.locator('maturity-check .saved li').count(), 1);
  await page.getByRole('button', { name: 'Angre' }).click();
  assert.equal(await page.locator('maturity-check .saved li').count(), 2);
  await page.getByRole('button', { name: 'Gi nytt navn: Fjordvik kommune', exact: true }).click();
  await page.locator('maturity-check .saved input').fill('Elvebakken kommune');
  await page.keyboard.press('Enter');
  await page.getByText('Elvebakken kommune').waitFor();
}));

test('what is saved and cannot be read is said, and kept', () => visit({}, async (page) => {
  await page.evaluate(() => localStorage.setItem('modenhet/check/broken', '{"id":'));
  await page.reload();
  await page.getByText('Det som er lagret, kan ikke leses.').waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem('modenhet/check/broken')), '{"id":');
}));

test('comparisons: with an earlier one, and with a group', () => visit({}, async (page) => {
  await begin(page);
  await fill(page, 0.5);
  await begin(page);
  await fill(page);
  await show(page, ['result', 'compare']);
  await page.getByLabel('Velg en lagret vurdering').selectOption({ index: 1 });
  await page.getByText('Svar som er endret').waitFor();
  const number = (text) => Number(text.replace('−', '-').replace(',', '.'));
  const [changes, parts] = await element(page, (check) => [...check.shadowRoot.querySelectorAll('table')].map((table) => [...table.querySelectorAll('tbody tr')].map((row) => row.lastChild.textContent)));
  const explained = parts.filter((text) => text !== '–').reduce((sum, text) => sum + number(text), 0);
  assert.ok(Math.abs(explained - number(changes[0])) < 0.05 + 0.005 * parts.length, `${explained} ${changes[0]}`); // what the answers explain is all of it, but for rounding
  const document = await element(page, (check) => check.assessment);
  const files = [0, 1, 2].map((i) => {
    const path = join(temp, `other-${i}.json`);
    const answers = Object.fromEntries(Object.entries(document.answers).filter((_, at) => at % (i + 2)));
    writeFileSync(path, JSON.stringify({ ...document, subject: { name: `Kommune ${i}` }, answers }));
    return path;
  });
  await page.getByLabel('Åpne filer fra andre').setInputFiles(files);
  await page.getByText('4 vurderinger').waitFor();
  await page.locator('maturity-check .drop').evaluate((drop, texts) => {
    const dataTransfer = new DataTransfer();
    texts.forEach((text, i) => dataTransfer.items.add(new File([text], `sluppet-${i}.json`)));
    drop.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, [readFileSync(files[0], 'utf8'), '{"not":', ...files.slice(1).map((path) => readFileSync(path, 'utf8'))].slice(0, 3));
  await page.getByText('3 vurderinger').waitFor();
  await page.getByText('sluppet-1.json: Filen er ikke en egenvurdering.').first().waitFor();
  await page.getByText('Svakest sammen').waitFor();
  await page.getByText('kan lære bort til').first().waitFor();
}));

test('the report has every part, on pages that are full, and axe finds nothing in it', () => visit({}, async (page) => {
  await begin(page);
  await fill(page, 0.9);
  await element(page, (check) => {
    for (const dimension of check.view.dimensions) check.setTarget(dimension.id, check.view.ladder(dimension.id)[3].id);
    check.answers.setComment(check.view.questions[0].id, 'Vedtatt i mars.');
    globalThis.print = () => {};
    check.go('result');
    return check.print();
  });
  const file = join(temp, 'report.pdf');
  await page.pdf({ path: file, format: 'A4', printBackground: true, tagged: true });
  const pages = execFileSync(PDFTOTEXT, ['-layout', file, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1);
  assert.match(pages[0], /Fjordvik kommune/);
  for (const part of ['Samlet nivå', 'Temaene mot målet', 'Alle temaer', 'Målt mot målet', 'Neste steg', 'Alle svar', 'Vedtatt i mars.', 'Slik er tallene regnet ut']) assert.ok(pages.some((text) => text.includes(part)), part);
  pages.slice(1).forEach((text, i) => assert.ok(text.split('\n').filter((line) => line.trim()).length > 8, `page ${i + 2} is nearly empty: ${text}`));

  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(await violations(page), []);
}));

test('a plan: for the targets, for a level, without a step, within a budget', () => visit({}, async (page) => {
  await begin(page);
  await fill(page, 0.8);
  await show(page, ['result', 'roadmap']);
  const plan = async () => {
    await settled(page);
    return element(page, async (check) => {
      const { aim = check.shadowRoot.querySelector('.wish select').value, keep = [], ...wish } = check.answers.record.wish ?? {};
      const budget = wish.budget || undefined;
      const rows = [...check.shadowRoot.querySelectorAll('.step')].length;
      const target = aim.startsWith('level/') ? [{ node: check.view.root, level: aim.slice(6) }] : Object.entries(check.answers.record.targets).map(([node, level]) => ({ node, level }));
      const direct = aim === 'most' ? await check.analysis.best(check.assessment, { keep, budget }) : await check.analysis.cheapest(check.assessment, { target, keep, budget });
      return { aim, rows, said: check.shadowRoot.querySelector('[role="tabpanel"]').textContent, steps: direct.steps.map((step) => step.question), cost: Number(direct.cost) };
    });
  };
  const next = await plan();
  assert.match(next.aim, /^level\//);
  assert.ok(next.rows > 0 && next.rows === next.steps.length);
  assert.match(next.said, /Ingen plan er billigere/);
  await page.getByRole('button', { name: 'Utelat' }).first().click();
  const without = await plan();
  assert.ok(!without.steps.includes(next.steps[0]) && without.cost >= next.cost);
  await page.getByRole('button', { name: 'Ta med igjen' }).click();
  assert.deepEqual((await plan()).steps, next.steps);
  await page.getByLabel('Hva er målet?').selectOption({ label: 'Så høyt som mulig' });
  await page.getByLabel('Høyst så mye innsats').fill('mye');
  await page.keyboard.press('Tab');
  await page.getByText('Skriv et tall.').waitFor();
  await page.getByLabel('Høyst så mye innsats').fill('6,5');
  await page.keyboard.press('Tab');
  const best = await plan();
  assert.ok(best.cost <= 6.5 && best.rows > 0);
  assert.match(best.said, /Ingen plan gir mer for innsatsen/);
  await element(page, (check) => check.setTarget('governance', check.view.ladder('governance')[4].id));
  await page.getByLabel('Hva er målet?').selectOption({ label: 'Målene dere har satt' });
  assert.match((await plan()).said, /Målet koster minst/);
  await page.getByLabel('Høyst så mye innsats').fill('');
  await page.keyboard.press('Tab');
  assert.match((await plan()).said, /hever poengene/);
  await page.reload();
  await page.getByLabel('Hva er målet?').waitFor();
  assert.equal((await plan()).aim, 'targets');
  await page.getByText('Vis som tabell').click();
  assert.ok(await page.locator('maturity-check svg.frontier').isVisible());
}));

test('how certain the level is, when somebody asks', () => visit({}, async (page) => {
  await begin(page);
  await fill(page);
  await show(page, ['result', 'overview']);
  await page.getByText('Hvor sikkert er nivået?').click();
  await page.getByText(/i .+ omvektinger/).waitFor();
  await settled(page);
  const shares = await element(page, (check) => [...check.shadowRoot.querySelectorAll('.doubt tbody td')].map((cell) => parseFloat(cell.textContent)));
  assert.ok(shares.length === 0 || Math.abs(shares.reduce((a, b) => a + b) - 100) <= 2, shares.join());
}));

test('bars move, unless somebody asked for less motion', async () => {
  for (const [reducedMotion, moves] of [['no-preference', true], ['reduce', false]]) {
    await visit({ reducedMotion }, async (page) => {
      await begin(page);
      const durations = await element(page, (check) => [...check.shadowRoot.querySelectorAll('*')].map((at) => getComputedStyle(at)).filter((style) => parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none').length);
      assert.equal(durations > 0, moves, reducedMotion);
    });
  }
});

test('in a folder of somebody else’s site', () => visit({ from: `${ORIGIN}/under/kommunen/` }, async (page, context) => {
  await page.locator('maturity-check h1').waitFor();
  await begin(page);
  await fill(page, 0.3);
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.ready).scope), `${ORIGIN}/under/kommunen/`);
  await context.setOffline(true);
  await page.reload();
  await page.locator('maturity-check fieldset').first().waitFor();
  assert.ok((await element(page, (check) => check.answers.result.nodes[0].value)) > 0);
}));

test('without a network after the first visit', () => visit({}, async (page, context) => {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
  });
  await begin(page);
  await fill(page, 0.3);
  await context.setOffline(true);
  await page.reload();
  await page.locator('maturity-check fieldset').first().waitFor();
  assert.ok((await element(page, (check) => check.answers.result.nodes[0].value)) > 0);
}));

test('a hostile model is text, and stays usable', () => visit({}, async (page, context, faults) => {
  const markup = '<img src=x onerror="document.body.innerHTML=1"><script>alert(1)</script>';
  const children = Array.from({ length: 60 }, (_, g) => ({ id: `g${g}`, title: g ? `Praksis ${g} ${'og enda mer '.repeat(g % 20)}` : markup, children: Array.from({ length: 5 }, (_, q) => ({
    id: `q${g}-${q}`, title: [markup, 'שאלה עם טקסט מימין לשמאל', '🙂'.repeat(40), 'x'.repeat(200), 'A?'][q],
    answer: [{ type: 'yesno' }, { type: 'scale', min: 0, max: 50 }, { type: 'number', min: 0, max: 100, unit: '%', linear: { from: 0, to: 100, points: [0, 1] } }, { type: 'checklist', options: [{ value: 'a', title: markup, points: 1 }, { value: 'none', title: 'Ingen', exclusive: true }] }, { type: 'text' }][q],
  })) }));
  const path = join(temp, 'hostile.json');
  writeFileSync(path, JSON.stringify({ id: 'hostile', version: '1.0.0', language: 'nb', title: markup, description: 'Ord '.repeat(4900), levels: [{ id: 'a' }, { id: 'b', title: markup, from: 0.5 }], read: 'ratio', children }));
  await page.locator('summary').getByText('Modell', { exact: true }).click();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Åpne en modellfil' }).click()]);
  await chooser.setFiles(path);
  await page.getByRole('heading', { name: markup }).waitFor();
  await begin(page);
  await fill(page, 0.9);
  await page.setViewportSize({ width: 320, height: 640 });
  for (const screen of [['questions', 'g0'], ['questions', 'g19'], ['result', 'overview'], ['result', 'explanation'], ['result', 'answers']]) {
    await show(page, screen);
    await fits(page, screen.join(' '));
    assert.deepEqual(await violations(page), [], screen.join(' '));
  }
  assert.equal(await page.locator('maturity-check img').count(), 0);
}));

for (const screen of ['collaboration', 'all']) {
  test(`a click is scored and drawn within a frame: ${screen}`, () => visit({}, async (page) => {
    await begin(page);
    await fill(page);
    await show(page, ['questions', screen]);
    const times = await element(page, (check) => {
      const cards = [...check.shadowRoot.querySelectorAll('.card input[type=radio]')];
      return Array.from({ length: 60 }, (_, i) => {
        const start = performance.now();
        cards[i % cards.length].click();
        check.offsetHeight; // layout too
        return performance.now() - start;
      }).sort((a, b) => a - b);
    });
    console.log(`a click: median ${times[30].toFixed(1)} ms, 95 % within ${times[56].toFixed(1)} ms`);
    assert.ok(times[30] < 32, `${times[30]} ms`); // twice a frame: a busy machine is given time; the figure is printed
  }));
}
