/** Warns of a data folder that others on this machine can read into, which Tenantscope could not put right itself. */
import { Callout } from '../../components';
import { useAppInfo } from '../../hooks/use-app-info';
import { openToOthersWords } from './open-to-others-words';

export function OpenToOthers() {
  const info = useAppInfo().data;
  const words = info === undefined ? null : openToOthersWords(info);
  return words === null ? null : <Callout tone="warning" title="Others on this machine can read the data folder"><p>{words}</p></Callout>;
}
