import type { ExtractPipeline } from './definition.ts';

/** Web shop orders: one document an order, one row a product of it. */
export const orders: ExtractPipeline = {
  pipeline: 'orders',
  schema: 'ECOMM',
  explode: ['products'],
  key: 'ORDER_NUMBER',
  columns: [
    { name: 'ORDER_NUMBER', from: { document: ['order_number'] }, type: 'VARCHAR' },
    { name: 'ORDER_DATE', from: { document: ['date'] }, type: 'TIMESTAMP_NTZ' },
    { name: 'CUSTOMER_ID', from: { document: ['customer', 'id'] }, type: 'VARCHAR' },
    { name: 'COUNTRY', from: { document: ['customer', 'country'] }, type: 'VARCHAR' },
    { name: 'LINE_NUMBER', from: { position: true }, type: 'NUMBER(10,0)' },
    { name: 'SKU', from: { element: ['sku'] }, type: 'VARCHAR' },
    { name: 'DESCRIPTION', from: { element: ['description'] }, type: 'VARCHAR' },
    { name: 'QUANTITY', from: { element: ['quantity'] }, type: 'NUMBER(10,0)' },
    { name: 'UNIT_PRICE', from: { element: ['unit_price'] }, type: 'NUMBER(12,3)' },
  ],
};
