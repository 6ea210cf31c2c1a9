import { Alert, type AlertProps } from '@mantine/core';
import { Icon } from './icon.tsx';

/** Something that is good to know, and no trouble. */
export function InfoAlert(props: Pick<AlertProps, 'title' | 'children'>) {
  return <Alert color="blue" icon={<Icon name="info" />} {...props} />;
}
