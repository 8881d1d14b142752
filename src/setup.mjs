// Runs before anything is installed: plain JavaScript, and nothing imported before the version is known.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `Backup Medic needs Node 20.19 or newer, and this is ${process.versions.node}: get one at https://nodejs.org\n`,
  );
  process.exit(1);
}

const { prepare } = await import('./setup/prepare.mjs');
await prepare();
