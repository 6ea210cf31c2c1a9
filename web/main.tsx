import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './page.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { focusFirstInvalidAfterSubmit } from './focus-invalid.ts';
import { startI18n } from './i18n/i18n.ts';
import { enter } from './inside/entry.ts';
import { readNonce } from './nonce.ts';
import { createPageQueryClient } from './query-client.ts';
import { cssVariables, theme } from './theme.ts';

const nonce = readNonce();
// the scroll lock of dialogs makes its style element by this
Object.assign(globalThis, { __webpack_nonce__: nonce });

// before anything else: a signed call does not stay in the address
const entry = enter();
focusFirstInvalidAfterSubmit(document);
await startI18n();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        <QueryClientProvider client={createPageQueryClient()}>
          <Notifications position="top-right" />
          <App entry={entry} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
