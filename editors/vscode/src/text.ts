import * as vscode from 'vscode';
import tamil from '../l10n/bundle.l10n.ta.json';

/** A message's English text, which is its key in the Tamil bundle; {0}, {1} … stand for what is filled in. */
export type Message = keyof typeof tamil;

type Language = 'ta' | 'en' | 'both';

/** The language of messages: the setting, else that of the window where it is Tamil or English, else both. */
export function language(): Language {
  const chosen = vscode.workspace.getConfiguration('etamil').get<string>('language', 'auto');
  if (chosen === 'ta' || chosen === 'en' || chosen === 'both') {
    return chosen;
  }
  const [window] = vscode.env.language.split('-');
  return window === 'ta' || window === 'en' ? window : 'both';
}

/** A message in the languages that the reader wants. */
export function say(message: Message, ...args: string[]): string {
  return inLanguage(language(), message, args);
}

/** A short label, such as a button's: one language, so that it stays short. */
export function label(message: Message): string {
  return inLanguage(language() === 'en' ? 'en' : 'ta', message, []);
}

function inLanguage(lang: Language, message: Message, args: string[]): string {
  const fill = (text: string) => text.replace(/\{(\d)\}/g, (_, n: string) => args[Number(n)] ?? '');
  if (lang === 'en') {
    return fill(message);
  }
  return lang === 'ta' ? fill(tamil[message]) : `${fill(tamil[message])}  (${fill(message)})`;
}
