// What somebody does with the pages, in a real browser. Arguments: playwright-core's folder, the browser, the server, its key, where pictures go.
// Says what it saw as one line of JSON for each step; ends with 1 where something is not as it should be.
'use strict';
const [, , library, browser, base, key, pictures] = process.argv;
const { chromium } = require(library);
const fs = require('fs'), os = require('os'), path = require('path'), assert = require('assert');

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const WIDE = { width: 1280, height: 800 }, NARROW = { width: 390, height: 844 };
const said = (step, more = {}) => console.log(JSON.stringify({ step, ...more }));

(async () => {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'outdial-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browser, headless: true, args: FLAGS, viewport: WIDE, timezoneId: 'Europe/Berlin', colorScheme: 'light',
  });
  try {
    const page = await context.newPage();
    const wrong = [];
    page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) wrong.push(message.text()); });
    page.on('pageerror', (error) => wrong.push(error.message));
    const asked = new Set();
    page.on('request', (request) => asked.add(new URL(request.url()).origin));
    const picture = (name) => page.screenshot({ path: path.join(pictures, name + '.png'), fullPage: true });
    // Plots follow the screen's width when they have seen it change.
    const fits = (what) => page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth, null, { timeout: 5000 })
      .catch(() => assert.fail(what + ' is wider than the screen'));
    const threeWays = async (name) => {
      await picture(name + '-light');
      await page.emulateMedia({ colorScheme: 'dark' });
      await picture(name + '-dark');
      await page.setViewportSize(NARROW);
      await fits(name);
      await picture(name + '-narrow-dark');
      await page.emulateMedia({ colorScheme: 'light' });
      await picture(name + '-narrow');
      await page.setViewportSize(WIDE);
    };

    await page.goto(base + '/');
    assert.ok(page.url().endsWith('/sign-in'), page.url());
    await picture('sign-in');
    await page.fill('#key', 'od_000000000000_' + '0'.repeat(40));
    await page.keyboard.press('Enter');
    await page.getByText('This key is not known here.').waitFor();
    wrong.length = 0; // the browser tells of the 401
    await page.fill('#key', key);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Live calls' }).waitFor();
    said('signed in', { times: await page.locator('footer').innerText() });

    // By keyboard alone: to the number, over the words, to the button.
    await page.focus('#quick input[name=to]');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('+15550100188');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Hello. This is a test.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/calls\/[0-9a-f-]{36}$/);
    const call = page.url();
    await page.locator('h1', { hasText: 'talking' }).waitFor();
    said('talking');
    await threeWays('call-live');
    await page.locator('h1', { hasText: 'completed' }).waitFor();
    said('over', { lead: await page.locator('.lead').first().innerText() });

    const lines = await page.locator('.timeline tbody tr').allInnerTexts();
    for (const word of ['answered', 'sound ends', 'ended']) assert.ok(lines.some((line) => line.includes(word)), word + ' is not told of: ' + lines);
    // A recording is fetched when somebody has scrolled to it.
    await page.locator('.wave').scrollIntoViewIfNeeded();
    await page.locator('.wave .picture canvas').waitFor();
    // The picture is drawn: some of it is not empty.
    await page.waitForFunction(() => {
      const canvas = document.querySelector('.wave canvas');
      return canvas.width > 0 && canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0);
    });
    await page.locator('.wave .play').click();
    await page.waitForFunction(() => Number(document.querySelector('.wave .picture').getAttribute('aria-valuenow')) >= 1);
    said('heard');
    await page.locator('.wave .play').click();
    if (await page.locator('.sip .message').count() > 0) {
      await page.locator('.sip .message').first().focus();
      await page.keyboard.press('Enter');
      await page.locator('.sip pre', { hasText: 'INVITE sip:' }).first().waitFor();
      said('ladder');
    }
    await threeWays('call');

    await page.goto(base + '/place');
    await page.fill('input[name=to]', '1003');
    await page.getByRole('radio', { name: 'A file' }).focus();
    await page.keyboard.press('Space');
    await page.setInputFiles('input[type=file]', { name: 'no sound.wav', mimeType: 'audio/wav', buffer: Buffer.from('no sound') });
    await page.waitForFunction(() => !/Uploading|when it is chosen/.test(document.querySelector('.pane.file .hint').textContent));
    said('refused upload', { sentence: await page.locator('.pane.file .hint').innerText() });
    wrong.length = 0; // the browser tells of the 422
    await threeWays('place');
    await page.getByRole('radio', { name: 'Words' }).check();
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await page.locator('h1', { hasText: 'ringing' }).waitFor();
    await page.goto(base + '/');
    await page.locator('.live a', { hasText: '1003' }).waitFor();
    await threeWays('live');
    await page.getByRole('button', { name: 'Hang up 1003' }).click();
    await page.getByText('Nobody is on the line.').waitFor();
    await page.locator('.calls tr', { hasText: '1003' }).getByText('canceled').waitFor();
    said('hung up');

    for (const name of ['calls', 'trunks', 'do-not-call', 'recordings', 'access-keys']) {
      await page.goto(base + '/' + name);
      await page.locator('h1').waitFor();
      await threeWays(name);
    }
    await page.goto(base + '/do-not-call');
    await page.fill('input[name=number]', '+15550100189');
    await page.fill('input[name=reason]', '<b>asked</b> for it');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText('<b>asked</b> for it').waitFor();
    await page.locator('summary', { hasText: 'Remove' }).press('Enter');
    await page.getByRole('button', { name: 'Remove for good' }).press('Enter');
    await page.getByText('No number is listed.').waitFor();
    said('list');

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(/\/sign-in$/);
    await page.goto(call);
    assert.ok(page.url().includes('/sign-in?next='), page.url());
    // As it was printed at the start: one address, and nothing to type.
    await page.goto(base + '/sign-in#' + key);
    await page.reload();
    await page.getByRole('heading', { name: 'Live calls' }).waitFor();
    assert.ok(!page.url().includes(key), 'the key stays in the address');
    said('signed in by the printed address');

    assert.deepStrictEqual(wrong, [], 'the browser complained');
    assert.deepStrictEqual([...asked], [base], 'somebody else was asked');
    said('done');
  } finally {
    await context.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
})().catch((error) => { console.error(error); process.exit(1); });
