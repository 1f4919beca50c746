// Stands in for the test runner of a downloaded VS Code: loads the suite and lets it run.
// The suite writes its own results; what happens before it can do so is told by the extension host's log.
exports.activate = () => {
  const suite = process.env.SERVICEWRIGHT_HOST_SUITE;
  if (suite !== undefined) require(suite).run().catch(console.error);
};
