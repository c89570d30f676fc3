const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EEXIST: 'something else is in its place',
  ENOTDIR: 'a part of its path is no folder',
  EACCES: 'you may not',
  EPERM: 'you may not',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
  EROFS: 'the disk is read-only',
  EFBIG: 'it would be too large',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ENXIO: 'nothing can be read from it',
  EIO: 'the disk fails',
}

/** Why a file could not be read or written, in words: `there is no such file or folder`. */
export function whyFailed(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  const known = 'code' in cause ? reasons[String(cause.code)] : undefined
  return known ?? cause.message.replace(/\.$/, '')
}
