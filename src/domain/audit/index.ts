export * from './chain.ts';
export * from './export.ts';
export * from './findings.ts';
export * from './types.ts';
export { verifyExport } from './verify.ts';
