/** The columns a person chose, kept in the settings of the data folder. */
import { useCallback, useMemo } from 'react';
import { useLayout } from '../../hooks/use-layout';
import { readColumnChoice, usualColumns, writeColumnChoice } from './column-model';
import type { ColumnChoice } from './column-model';

export type ColumnChoiceControl = {
  readonly choice: ColumnChoice;
  /** False until it is read. */
  readonly isKnown: boolean;
  readonly change: (by: (choice: ColumnChoice) => ColumnChoice) => void;
  readonly reset: () => void;
};

export function useColumnChoice(): ColumnChoiceControl {
  const { layout: { columns }, isKnown, change: changeLayout } = useLayout();
  const choice = useMemo(() => readColumnChoice(columns), [columns]);
  const change = useCallback((by: (choice: ColumnChoice) => ColumnChoice) => {
    changeLayout(layout => ({ ...layout, columns: writeColumnChoice(by(readColumnChoice(layout.columns))) }));
  }, [changeLayout]);
  const reset = useCallback(() => { change(() => usualColumns); }, [change]);
  return { choice, isKnown, change, reset };
}
