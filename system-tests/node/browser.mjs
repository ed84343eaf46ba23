// Drives a Chromium that is on the machine; elements are found by data-testid, by a CSS selector, or by what is read on them.
import { chromium, devices } from 'playwright-core';
import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { listen } from './lines.mjs';

let browser;
/** With a profile: the only context of the browser. */
let profileContext;
const pages = new Map();
const contexts = new Map();
const heard = [];

const at = ({ page, testid, css }) =>
  pages.get(page).locator(css ?? `[data-testid="${testid}"]`).first();

listen({
  async launch({ executable, profile }) {
    const options = {
      executablePath: executable,
      headless: true,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-dev-shm-usage',
      ],
    };
    if (profile) {
      profileContext = await chromium.launchPersistentContext(profile, { ...options, viewport: { width: 1280, height: 900 } });
    } else {
      browser = await chromium.launch(options);
    }
  },
  // Ends the process as a crash or a power cut does, by the id that Chromium leaves in its profile.
  async crash({ profile }) {
    const gone = new Promise((resolve) => profileContext.on('close', resolve));
    process.kill(Number(readlinkSync(join(profile, 'SingletonLock')).split('-').pop()), 'SIGKILL');
    await gone;
  },
  // Each page in a context of its own: two windows of two people, or one more of a browser that is open.
  async open({ page: name, url, storage = {}, device, timeout, sameBrowserAs }) {
    const existing = sameBrowserAs ? contexts.get(sameBrowserAs) : profileContext;
    const context = existing ?? await browser.newContext({
      ...(device ? devices[device] : { viewport: { width: 1280, height: 900 } }),
      geolocation: { latitude: 40.4168, longitude: -3.7038, accuracy: 12 },
      permissions: ['geolocation'],
    });
    await context.addInitScript((entries) => {
      for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, value);
    }, storage);
    contexts.set(name, context);
    const page = await context.newPage();
    page.setDefaultTimeout(timeout);
    page.on('console', (message) => {
      if (message.type() === 'error') heard.push(`${name}: ${message.text()}`);
    });
    page.on('pageerror', (error) => heard.push(`${name}: ${error.message}`));
    pages.set(name, page);
    await page.goto(url, { waitUntil: 'domcontentloaded' });
  },
  press: ({ page, label, timeout }) => pages.get(page).getByRole('button', { name: label, exact: true }).click({ timeout }),
  readText: ({ page, text, timeout }) => pages.get(page).getByText(text, { exact: true }).first().waitFor({ timeout }),
  click: (command) => at(command).click({ timeout: command.timeout }),
  // As a hand does it: whatever is under the pointer at the second press is pressed.
  async clickTwice(command) {
    const { x, y, width, height } = await at(command).boundingBox({ timeout: command.timeout });
    const { mouse } = pages.get(command.page);
    await mouse.click(x + width / 2, y + height / 2);
    await new Promise((resolve) => setTimeout(resolve, command.pause));
    await mouse.click(x + width / 2, y + height / 2);
  },
  isKeptForOffline: ({ page }) => pages.get(page).evaluate(() => navigator.serviceWorker.ready.then(() => true)),
  offline: ({ page, offline }) => contexts.get(page).setOffline(offline),
  reload: ({ page }) => pages.get(page).reload({ waitUntil: 'domcontentloaded' }),
  close: ({ page }) => pages.get(page).close(),
  address: ({ page }) => pages.get(page).url(),
  pressKey: ({ page, key }) => pages.get(page).keyboard.press(key),
  focused: ({ page }) =>
    pages.get(page).evaluate(() => document.activeElement?.closest('[data-testid]')?.getAttribute('data-testid') ?? null),
  fill: (command) => at(command).fill(command.value, { timeout: command.timeout }),
  async waitFor(command) {
    await at(command).waitFor({ state: command.state ?? 'visible', timeout: command.timeout });
  },
  text: (command) => at(command).innerText({ timeout: command.timeout }),
  attribute: (command) => at(command).getAttribute(command.name, { timeout: command.timeout }),
  count: ({ page, testid }) => pages.get(page).locator(`[data-testid="${testid}"]`).count(),
  testids: ({ page, prefix }) =>
    pages
      .get(page)
      .locator(`[data-testid^="${prefix}"]`)
      .evaluateAll((elements) => elements.map((element) => element.getAttribute('data-testid'))),
  errors: () => heard,
  screenshot: ({ page, path }) => pages.get(page).screenshot({ path, fullPage: true }),
  async quit() {
    await browser?.close();
    await profileContext?.close();
  },
});
