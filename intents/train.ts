import { readCache, trainModel } from './model-cache.js';

if (readCache() === undefined) trainModel();
