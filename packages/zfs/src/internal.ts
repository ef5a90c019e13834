/** The pure parts of the driver, for its unit tests alone. */
export { zfsOf } from './cli/create-zfs.ts';
export { createArguments, parsePropertyRows } from './cli/datasets.ts';
export { parseDelegations } from './cli/delegations.ts';
export { leadingDirectories } from './cli/empty.ts';
export { loggableCommand, loggableText } from './loggable.ts';
export { HeadContents, readMicrozap } from './cli/head-contents.ts';
export { parseDatasetRow, parseVersionRow } from './cli/list.ts';
export { PropertyRows } from './cli/list-properties.ts';
export { LineSplitter } from './cli/output.ts';
export { receiveArguments } from './cli/receive.ts';
export { checkToken, parseTokenContents, TOKEN_CHARACTERS_MAX } from './cli/resume-token.ts';
export { Runner } from './cli/run.ts';
export { sendArguments } from './cli/send.ts';
export { PAYLOAD_BYTES_KEPT_MAX, SendRecordReader } from './cli/send-records.ts';
export { firstSentence, reasonOfStderr, STDERR_REASONS, zfsErrorOf } from './cli/stderr-reasons.ts';
export { FEATURE } from './model/replay-record.ts';
export { nameBatches, nameChunks } from './cli/name-batches.ts';
export { parseHoldRow } from './cli/versions.ts';
