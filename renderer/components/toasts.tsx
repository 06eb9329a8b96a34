/** Short messages at the corner: what was done, or what went wrong outside the place one is looking at. */
import { Toast as Base } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import type { Failure } from '../../shared/errors';
import { classNames } from './class-names';
import styles from './toasts.module.css';

export type ToastTone = 'info' | 'success' | 'failure';
export type Toast = {
  readonly title: string;
  readonly text?: ReactNode;
  /** Default: info. A failure stays until it is closed. */
  readonly tone?: ToastTone;
  readonly action?: { readonly label: string; readonly onSelect: () => void };
};
export type Toasts = { readonly show: (toast: Toast) => string; readonly showFailure: (failure: Failure) => string; readonly close: (id: string) => void };

const icons = { info: Info, success: CircleCheck, failure: CircleAlert } as const;
const toneOf = (type: string | undefined): ToastTone => (type === 'success' || type === 'failure' ? type : 'info');

function Message({ toast }: { readonly toast: ReturnType<typeof Base.useToastManager>['toasts'][number] }) {
  const tone = toneOf(toast.type);
  const Icon = icons[tone];
  return (
    <Base.Root toast={toast} className={styles.toast} swipeDirection={[]}>
      <Base.Content className={styles.content}>
        <Icon size={16} className={classNames(styles.icon, styles[tone])} aria-hidden="true" />
        <div className={styles.words}>
          <Base.Title className={styles.title} />
          <Base.Description className={styles.text} />
          {toast.actionProps !== undefined && <Base.Action className={styles.action} />}
        </div>
        <Base.Close className={styles.close} aria-label="Close message"><X size={14} aria-hidden="true" /></Base.Close>
      </Base.Content>
    </Base.Root>
  );
}

function Corner() {
  const { toasts } = Base.useToastManager();
  return (
    <Base.Portal>
      <Base.Viewport className={styles.viewport} aria-label="Messages">{toasts.map(toast => <Message key={toast.id} toast={toast} />)}</Base.Viewport>
    </Base.Portal>
  );
}

export function ToastsProvider({ children }: { readonly children: ReactNode }) {
  return <Base.Provider limit={4} timeout={6000}>{children}<Corner /></Base.Provider>;
}

/** Shows messages; needs ToastsProvider above. */
export function useToasts(): Toasts {
  const { add, close } = Base.useToastManager();
  return useMemo(() => {
    const show = ({ title, text, tone = 'info', action }: Toast): string => add({
      title, description: text, type: tone, timeout: tone === 'failure' ? 0 : 6000, priority: tone === 'failure' ? 'high' : 'low',
      ...(action === undefined ? {} : { actionProps: { children: action.label, onClick: action.onSelect } }),
    });
    return { show, showFailure: failure => show({ title: failure.message, text: failure.hint, tone: 'failure' }), close };
  }, [add, close]);
}
