/** The screens by name; those that are not met first are fetched when they are. */
import { lazy } from 'react';
import type { ComponentType } from 'react';
import type { Address } from '../address';
import { TimelineScreen } from './timeline/timeline-screen';
import { WelcomeScreen } from './welcome/welcome-screen';

export type ScreenName = Exclude<Address['screen'], 'home'>;

export const screens: Readonly<Record<ScreenName, ComponentType>> = {
  activity: lazy(async () => ({ default: (await import('./activity/activity-screen')).ActivityScreen })),
  timeline: TimelineScreen,
  cohorts: lazy(async () => ({ default: (await import('./cohorts/cohorts-screen')).CohortsScreen })),
  growth: lazy(async () => ({ default: (await import('./growth/growth-screen')).GrowthScreen })),
  usage: lazy(async () => ({ default: (await import('./usage/usage-screen')).UsageScreen })),
  welcome: WelcomeScreen,
  connect: lazy(async () => ({ default: (await import('./connect/connect-screen')).ConnectScreen })),
  import: lazy(async () => ({ default: (await import('./import/import-screen')).ImportScreen })),
  unlock: lazy(async () => ({ default: (await import('./unlock/unlock-screen')).UnlockScreen })),
  settings: lazy(async () => ({ default: (await import('./settings/settings-screen')).SettingsScreen })),
  about: lazy(async () => ({ default: (await import('./about/about-screen')).AboutScreen })),
};

export const screenTitles: Readonly<Record<ScreenName, string>> = {
  activity: 'Activity', timeline: 'Timeline', cohorts: 'Cohorts', growth: 'Growth', usage: 'Usage', welcome: 'Welcome', connect: 'Connect a tenant', import: 'Import files', unlock: 'Unlock', settings: 'Settings', about: 'About',
};
