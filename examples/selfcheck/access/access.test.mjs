// Who can use the self-check: whoever reads it by other means than eyes, zooms in, or has no mouse.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begin, element, fill, fits, show, violations, visit } from '../test/kit.mjs';

// every screen, by what it is called in the element
const screens = [['start'], ['questions', 'collaboration'], ['questions', 'all'], ...['overview', 'roadmap', 'explanation', 'compare', 'answers'].map((tab) => ['result', tab])];

for (const [name, options] of Object.entries({
  light: {}, dark: { colorScheme: 'dark' }, 'forced colours': { forcedColors: 'active' }, '320 px': { viewport: { width: 320, height: 640 } }, '400 %': { viewport: { width: 320, height: 256 } },
})) {
  test(`axe finds nothing, nothing scrolls sideways: ${name}`, () => visit(options, async (page) => {
    await begin(page);
    await fill(page, 0.7);
    await element(page, (check) => {
      check.setTarget('governance', check.view.ladder('governance')[2].id);
      check.answers.setComment(check.view.questions[3].id, 'En kommentar');
    });
    for (const screen of screens) {
      await show(page, screen);
      assert.deepEqual(await violations(page), [], screen.join(' '));
      await fits(page, screen.join(' '));
    }
  }));
}

for (const [locale, [start, next, result, overall]] of Object.entries({ 'nb-NO': ['Start egenvurderingen', 'Neste', 'Se resultatet', 'Samlet nivå'], 'nn-NO': ['Start eigenvurderinga', 'Neste', 'Sjå resultatet', 'Samla nivå'], 'en-GB': ['Start the self-check', 'Next', 'See the result', 'Overall level'] })) {
  test(`everything is answered by Tab, Space and Enter alone: ${locale}`, () => visit({ locale }, async (page) => {
    await element(page, (check) => check.ready);
    // What has focus: its text, and, where it is an answer that is still open, its kind.
    const focused = () => element(page, (check) => {
      const at = check.shadowRoot.activeElement;
      const question = at?.closest('fieldset')?.id.replace('question-', '');
      return { text: at?.textContent.trim(), open: at?.matches('input') && question && check.answers.to(question) === undefined ? (at.inputMode || at.type) : undefined };
    });
    const tabTo = async (...texts) => {
      for (let presses = 0; presses < 120; presses++) {
        await page.keyboard.press('Tab');
        const { text, open } = await focused();
        if (open) await (open === 'decimal' ? page.keyboard.type('40') : page.keyboard.press('Space'));
        else if (texts.includes(text)) return page.keyboard.press('Enter');
      }
      throw new Error(`no way to ${texts}`);
    };
    await tabTo(start);
    const pages = await element(page, (check) => check.view.pages.length);
    for (let i = 0; i < pages; i++) {
      await page.getByRole('heading', { level: 1, name: await element(page, (check, at) => check.view.full(check.view.pages[at].id), i) }).waitFor();
      await tabTo(i < pages - 1 ? next : result);
    }
    assert.ok(await page.getByText(overall, { exact: true }).first().isVisible());
    assert.equal(await element(page, (check) => check.answers.result.nodes[0].completeness.missing), 0);
  }));
}

test('targets are at least 24 pixels, and the bar at the bottom hides no focus', () => visit({ viewport: { width: 390, height: 700 } }, async (page) => {
  await begin(page);
  await fill(page, 0.5);
  for (const screen of [['start'], ['questions', 'anchoring'], ['result', 'overview']]) {
    await show(page, screen);
    const small = await element(page, (check) => [...check.shadowRoot.querySelectorAll('button, select, summary, .card, input:not([type])')].filter((at) => {
      const { width, height } = at.getBoundingClientRect();
      return at.checkVisibility() && (width < 24 || height < 24) && !at.closest('li, p, dd'); // inside a sentence a link may be lower
    }).map((at) => at.outerHTML.slice(0, 80)));
    assert.deepEqual(small, [], screen[0]);
  }
  await show(page, ['questions', 'anchoring']);
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    const hidden = await element(page, (check) => {
      const at = check.shadowRoot.activeElement;
      const bar = check.shadowRoot.querySelector('.phone-bar');
      if (!at || bar.contains(at)) return undefined;
      const own = at.getBoundingClientRect();
      return own.top >= bar.getBoundingClientRect().top ? at.outerHTML.slice(0, 80) : undefined;
    });
    assert.equal(hidden, undefined);
  }
}));
