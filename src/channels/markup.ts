import type { Markup } from './limits.js';

/** How one flavour writes plain words, bold words and links, none of which can break out. */
interface Flavour {
  clean(text: string): string;
  bold(text: string): string;
  link(title: string, url: string): string;
  /** What the activity says its text is. */
  textFormat: 'markdown' | 'plain' | 'xml';
}

const asHtml = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? '');

const asMrkdwn = (text: string) =>
  text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? '');

/** Keeps what people or vendors wrote from turning into links, headings or HTML. */
const asMarkdown = (text: string) => text.replace(/[\\`*_[\]<>#|~]/g, '\\$&').replaceAll('\n', '  \n');

/** The flavours of marked-up text that channels take. */
export const flavours: Readonly<Record<Markup, Flavour>> = {
  markdown: {
    clean: asMarkdown,
    bold: (text) => `**${asMarkdown(text)}**`,
    link: (title, url) => `[${asMarkdown(title)}](${url})`,
    textFormat: 'markdown',
  },
  mrkdwn: {
    clean: asMrkdwn,
    bold: (text) => `*${asMrkdwn(text)}*`,
    link: (title, url) => `<${url}|${asMrkdwn(title)}>`,
    textFormat: 'plain',
  },
  html: {
    clean: asHtml,
    bold: (text) => `<b>${asHtml(text)}</b>`,
    link: (title, url) => `<a href="${asHtml(url)}">${asHtml(title)}</a>`,
    textFormat: 'xml',
  },
  none: {
    clean: (text) => text,
    bold: (text) => text,
    link: (title, url) => `${title}: ${url}`,
    textFormat: 'plain',
  },
};
