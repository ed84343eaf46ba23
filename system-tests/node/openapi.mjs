// Prints what is wrong with an OpenAPI document; nothing when it is valid.
import { Validator } from '@seriousme/openapi-schema-validator';
import { readFileSync } from 'node:fs';

const validator = new Validator();
const { valid, errors } = await validator.validate(readFileSync(process.argv[2], 'utf8'));
if (!valid) {
  const found = typeof errors === 'string' ? [{ instancePath: '', message: errors }] : errors;
  for (const { instancePath, message } of found) console.log(`${instancePath} ${message}`);
} else if (validator.version !== '3.1') {
  console.log(`it is of version ${validator.version}`);
}
