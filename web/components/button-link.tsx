import { Button, type ButtonProps } from '@mantine/core';
import type { AriaAttributes, ReactNode } from 'react';
import { Link } from 'wouter';

/** A link inside the page that looks like a button. */
export function ButtonLink({
  href,
  children,
  ...rest
}: ButtonProps & Pick<AriaAttributes, 'aria-current'> & { href: string; children: ReactNode }) {
  return (
    <Button component={Link} href={href} {...rest}>
      {children}
    </Button>
  );
}
