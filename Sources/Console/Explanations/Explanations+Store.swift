/// Why a store can't be used.
extension Explanation {
  static let ofStore: [Explanation] = [
    Explanation(
      "E0501", "locked",
      """
      Another process writes to the store and did not finish within a few seconds. Readers are \
      never locked out, and the kernel frees the lock of a process that has died. The message \
      names the process: wait for it.
      """),
    Explanation(
      "E0502", "not a store",
      """
      There is something at this path that is not a store of permql. A store is a directory \
      with a journal in it; the first write makes one where nothing is.
      """),
    Explanation(
      "E0503", "refused to open",
      """
      A store's directory and its files must be plain, belong to the user, and not be writable \
      by others; symbolic links and second names are refused. Otherwise somebody else could \
      change what the store says, or have other files overwritten.
      """),
    Explanation(
      "E0504", "a newer format",
      """
      A newer version of permql wrote this store in a way that this version can't read or \
      write. Nothing was touched. Install the newer version.
      """),
    Explanation(
      "E0505", "damaged",
      """
      Bytes of the store are not those that were written. Everything before the damage can be \
      read. --verify says where it is; --recover sets the damaged part aside in 'quarantine', \
      so that the store can be written to again, and says which changes are lost. A backup may \
      have them.
      """),
    Explanation(
      "E0506", "files of two stores",
      """
      Each file names the store that it belongs to and the history that it continues, and \
      these do not fit. Somebody copied files one by one: put back the files of one store, or \
      restore a backup whole.
      """),
    Explanation(
      "E0507", "no space",
      """
      The space for a change is taken before it is written, and there was not enough. Nothing \
      was changed.
      """),
    Explanation(
      "E0508", "no permission",
      """
      The operating system does not let this user read or write the store.
      """),
    Explanation(
      "E0509", "opened read-only",
      """
      The store was opened for reading alone, so nothing can be written to it.
      """),
    Explanation(
      "E0510", "not saved",
      """
      The disk did not confirm that the change is kept. It counts as not made, and what was \
      half written is passed over by the next writer. Check the disk before going on.
      """),
    Explanation(
      "E0511", "created meanwhile",
      """
      Two processes were to create the same store at once, and the other was first. Nothing \
      was changed: run again.
      """),
    Explanation(
      "E0512", "replaced while open",
      """
      The store's directory was removed, or another put in its place, while it was open. \
      Nothing was written to either.
      """),
    Explanation(
      "E0513", "the operating system failed",
      """
      A call of the operating system failed in a way that permql has no better words for. The \
      message has its reason.
      """),
    Explanation(
      "E0514", "no such change",
      """
      The store has fewer changes than that. 'show changes limit 1' has the newest.
      """),
    Explanation(
      "E0515", "another history",
      """
      --verify --expect compares the history with a value that was noted before. It is not the \
      same: history was altered, or this is another store, or an older copy of it.
      """),
    Explanation(
      "E0516", "a network file system",
      """
      Locks of network file systems can't be trusted, so two writers could harm each other. \
      --allow-network writes all the same: only from one machine at a time.
      """),
  ]
}
