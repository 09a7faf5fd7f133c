import type { StartService } from '../services.ts';
import { alertHistory } from './alert-history-function.ts';
import { Alerter, setAlerter } from './alerter.ts';

/** Evaluates alerts by the clock; where the warehouse has been given a clock, only when it is told to look at it. */
export const startAlerts: StartService = async (warehouse) => {
  const alerter = new Alerter(warehouse);
  setAlerter(warehouse, alerter);
  warehouse.tableFunctions.set('INFORMATION_SCHEMA.ALERT_HISTORY', alertHistory);
  if (warehouse.options.clock === undefined) alerter.start();
  return { close: () => alerter.close() };
};
