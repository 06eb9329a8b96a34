/** Tabs: one of a few views of the same thing. */
import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import styles from './tabs.module.css';

export type Tab<Value extends string> = { readonly value: Value; readonly label: ReactNode; readonly panel: ReactNode };

export type TabsProps<Value extends string> = {
  readonly label: string;
  readonly tabs: readonly Tab<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** At the end of the row of tabs. */
  readonly actions?: ReactNode;
};

export function Tabs<Value extends string>({ label, tabs, value, onChange, actions }: TabsProps<Value>) {
  return (
    <Base.Root value={value} onValueChange={next => { onChange(next as Value); }} className={styles.tabs}>
      <div className={styles.bar}>
        <Base.List className={styles.list} aria-label={label} activateOnFocus>
          {tabs.map(tab => <Base.Tab key={tab.value} value={tab.value} className={styles.tab}>{tab.label}</Base.Tab>)}
        </Base.List>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
      {tabs.map(tab => <Base.Panel key={tab.value} value={tab.value} className={styles.panel}>{tab.panel}</Base.Panel>)}
    </Base.Root>
  );
}
