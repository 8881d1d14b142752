import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { topicJsonSchema } from '../../knowledge/schema.js';
import { projectRoot } from '../project-root.js';

// `npm run schema`: writes the JSON Schema by which editors complete and check the topics.
const file = join(projectRoot(), 'knowledge/topic.schema.json');
writeFileSync(file, `${JSON.stringify(topicJsonSchema(), null, 2)}\n`);
console.error(`Wrote ${file}.`);
