import { Anchor, Code, List, Stack, Text, Title } from '@mantine/core';
import { ExternalLink } from '../../components/external-link.tsx';
import type { GuideBlock, GuideSpan } from '../../guides/guide-blocks.ts';

/** A guide as it is read: its sections one below the other, listed in front. */
export function GuideText({ blocks }: { blocks: readonly GuideBlock[] }) {
  const sections = blocks.filter((block) => block.kind === 'heading' && block.level === 2);
  return (
    <Stack gap="sm" maw="75ch">
      {blocks.map((block, index) => (
        <Block key={keyOf(block, index)} block={block} sections={sections} />
      ))}
    </Stack>
  );
}

const keyOf = (block: GuideBlock, index: number) => `${index} ${block.kind}`;

function Block({ block, sections }: { block: GuideBlock; sections: readonly GuideBlock[] }) {
  switch (block.kind) {
    case 'heading':
      return block.level === 1 ? (
        <>
          <Title order={2}>{block.text}</Title>
          <Contents sections={sections} />
        </>
      ) : (
        <Title
          order={block.level === 2 ? 3 : 4}
          id={anchorOf(block.text)}
          mt={block.level === 2 ? 'md' : 'xs'}
          size="h4"
        >
          {block.text}
        </Title>
      );
    case 'paragraph':
      return (
        <Text>
          <Spans spans={block.spans} />
        </Text>
      );
    case 'list':
      return (
        <List type={block.isOrdered ? 'ordered' : 'unordered'} spacing={6} withPadding>
          {block.items.map((spans) => (
            <List.Item key={spans.map(({ text }) => text).join('')}>
              <Spans spans={spans} />
            </List.Item>
          ))}
        </List>
      );
    case 'code':
      return (
        <Code block className="wrapping-code">
          {block.text}
        </Code>
      );
  }
}

function Contents({ sections }: { sections: readonly GuideBlock[] }) {
  return (
    <List spacing={8} size="sm" listStyleType="none">
      {sections.map((section) => {
        const text = section.kind === 'heading' ? section.text : '';
        return (
          <List.Item key={text}>
            <Anchor href={`#${anchorOf(text)}`} size="sm">
              {text}
            </Anchor>
          </List.Item>
        );
      })}
    </List>
  );
}

function Spans({ spans }: { spans: readonly GuideSpan[] }) {
  return spans.map((span, index) => {
    const key = `${index} ${span.text}`;
    if (span.kind === 'strong') return <strong key={key}>{span.text}</strong>;
    if (span.kind === 'code') return <Code key={key}>{span.text}</Code>;
    if (span.kind === 'link') {
      return (
        <ExternalLink key={key} href={span.href} underline="always">
          {span.text}
        </ExternalLink>
      );
    }
    return span.text;
  });
}

/** A heading's name in the address line. */
function anchorOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-');
}
