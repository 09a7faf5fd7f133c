import type { LoadPipeline } from './definition.ts';

/** Order items as analysts read them: one row a line of an order. */
export const orders: LoadPipeline = {
  pipeline: 'orders',
  schema: 'ANALYTICS_STAGING',
  table: 'STG_ECOMM_ORDER_ITEMS',
  replaceBy: 'ORDER_NUMBER',
  key: ['ORDER_NUMBER', 'LINE_NUMBER'],
  version: 'ROW_VERSION',
  columns: [
    { name: 'ORDER_NUMBER', type: 'VARCHAR' },
    { name: 'ORDER_DATE', type: 'TIMESTAMP_NTZ' },
    { name: 'CUSTOMER_ID', type: 'VARCHAR' },
    { name: 'COUNTRY', type: 'VARCHAR' },
    { name: 'LINE_NUMBER', type: 'NUMBER(10,0)' },
    { name: 'SKU', type: 'VARCHAR' },
    { name: 'DESCRIPTION', type: 'VARCHAR' },
    { name: 'QUANTITY', type: 'NUMBER(10,0)' },
    { name: 'UNIT_PRICE', type: 'NUMBER(12,3)' },
    { name: 'IS_CANCELLATION', type: 'BOOLEAN' },
    { name: 'GROSS_AMOUNT', type: 'NUMBER(18,3)' },
    { name: 'ORDER_TOTAL', type: 'NUMBER(18,3)' },
    { name: 'LINE_COUNT', type: 'NUMBER(10,0)' },
    { name: 'SKU_NORMALIZED', type: 'VARCHAR' },
    { name: 'DESCRIPTION_CLEAN', type: 'VARCHAR' },
    { name: 'IS_MERCHANDISE', type: 'BOOLEAN' },
    { name: 'ORDER_MONTH', type: 'DATE' },
    { name: 'FILE_NAME', type: 'VARCHAR' },
    { name: 'FILE_ROW_NUMBER', type: 'NUMBER(38,0)' },
    { name: 'ROW_VERSION', type: 'VARCHAR' },
    { name: 'BATCH_ID', type: 'VARCHAR' },
  ],
};
