/** Keeps a fault of one screen from taking the page down: it is told as any other failure, with a way to go on. */
import { Component } from 'react';
import type { ReactNode } from 'react';
import { ErrorPanel } from '../components';
import { Failure } from '../../shared/errors';

type Props = { readonly children: ReactNode };
type State = { readonly failure: Failure | null };

export class ScreenBoundary extends Component<Props, State> {
  override readonly state: State = { failure: null };

  static getDerivedStateFromError(error: unknown): State {
    return { failure: error instanceof Failure ? error : new Failure('internal', { reference: 'page' }) };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    return failure === null ? this.props.children : <ErrorPanel failure={failure} onRetry={() => { this.setState({ failure: null }); }} />;
  }
}
