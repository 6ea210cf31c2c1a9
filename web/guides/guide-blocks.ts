/** A piece of running text of a guide. */
export type GuideSpan =
  | { kind: 'text' | 'strong' | 'code'; text: string }
  | { kind: 'link'; text: string; href: string };

/** A block of a guide. */
export type GuideBlock =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'paragraph'; spans: GuideSpan[] }
  | { kind: 'list'; isOrdered: boolean; items: GuideSpan[][] }
  | { kind: 'code'; text: string };

const BLOCK = /```\w*\n[\s\S]*?\n```|\S(?:(?!\n\n)[\s\S])*/g;
const FENCE = /^```\w*\n([\s\S]*?)\n```$/;
const HEADING = /^(#{1,3}) (.+)$/;
const ITEM = /^(?:-|\d+\.) /;
const SPAN = /\*\*([^*]+)\*\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)/;

/**
 * Reads the part of Markdown that the guides in `docs/guides` are written in: headings, paragraphs, lists without
 * sublists and code between fences, parted by empty lines; in running text bold, code and links.
 */
export function guideBlocks(markdown: string): GuideBlock[] {
  return (markdown.trim().match(BLOCK) ?? []).map(readBlock);
}

function readBlock(source: string): GuideBlock {
  const code = FENCE.exec(source)?.[1];
  if (code !== undefined) return { kind: 'code', text: code };
  const heading = HEADING.exec(source);
  if (heading) return { kind: 'heading', level: levelOf(heading[1] ?? ''), text: heading[2] ?? '' };
  if (!ITEM.test(source)) return { kind: 'paragraph', spans: readSpans(oneLine(source)) };
  const items = source.split(/\n(?=- |\d+\. )/).map((item) => readSpans(oneLine(item.replace(ITEM, ''))));
  return { kind: 'list', isOrdered: !source.startsWith('- '), items };
}

function levelOf(marks: string): 1 | 2 | 3 {
  if (marks.length === 1) return 1;
  return marks.length === 2 ? 2 : 3;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ');
}

function readSpans(text: string): GuideSpan[] {
  const found = SPAN.exec(text);
  if (!found) return text === '' ? [] : [{ kind: 'text', text }];
  const [whole, strong, code, label, href] = found;
  return [
    ...readSpans(text.slice(0, found.index)),
    spanOf(strong, code, label, href),
    ...readSpans(text.slice(found.index + whole.length)),
  ];
}

function spanOf(strong: string | undefined, code: string | undefined, label = '', href = ''): GuideSpan {
  if (strong !== undefined) return { kind: 'strong', text: strong };
  return code === undefined ? { kind: 'link', text: label, href } : { kind: 'code', text: code };
}
