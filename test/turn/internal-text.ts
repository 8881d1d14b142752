/** What no answer may hold: a stack, a path of ours, the name or the text of an error. */
export const internalText = /node_modules| {4}at |Error:|\/src\/|\/dist\/|ZodError|SQLITE|ECONN|ENOTFOUND/;
