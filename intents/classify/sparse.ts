/** One text as a vector: feature numbers and their values, with the square of its length. */
export interface SparseRow {
  ids: Int32Array;
  values: Float32Array;
  squaredNorm: number;
}
