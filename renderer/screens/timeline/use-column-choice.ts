/** The columns a person chose, kept in the browser's own storage: they are a matter of this screen and of no archive. */
import { useCallback, useEffect, useState } from 'react';
import { readColumnChoice, usualColumns, writeColumnChoice } from './column-model';
import type { ColumnChoice } from './column-model';

const storageKey = 'tenantscope.timeline.columns';

/** A browser may forbid its storage; then the choice lasts as long as the page. */
function stored(): string | null {
  try {
    return window.localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function store(choice: ColumnChoice): void {
  try {
    window.localStorage.setItem(storageKey, writeColumnChoice(choice));
  } catch {
    // Nothing is lost but the choice.
  }
}

export type ColumnChoiceControl = {
  readonly choice: ColumnChoice;
  readonly change: (by: (choice: ColumnChoice) => ColumnChoice) => void;
  readonly reset: () => void;
};

export function useColumnChoice(): ColumnChoiceControl {
  const [choice, setChoice] = useState(() => readColumnChoice(stored()));
  const change = useCallback((by: (choice: ColumnChoice) => ColumnChoice) => { setChoice(by); }, []);
  useEffect(() => { store(choice); }, [choice]);
  const reset = useCallback(() => { change(() => usualColumns); }, [change]);
  return { choice, change, reset };
}
