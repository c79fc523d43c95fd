package import Diagnostics
package import Permissions

/// An agency and its history: a table, the transaction that changes it, and the journal behind it.
///
/// One per process and agency; not to be shared between threads.
package final class Store {
  package enum Access: Sendable {
    case readWrite
    case readOnly
  }

  /// The agency, with the open transaction's changes applied.
  ///
  /// Hold no copy of it across a write: the write would have to copy each column that it touches.
  package internal(set) var table: Table
  let place: Place
  let limits: StoreLimits
  var files: StoreFiles?
  var history = History()
  /// The table that change 1 found.
  var origin: Table
  var index = ChangeIndex()
  var transaction: Transaction?
  var lastChanges = LastChanges()
  /// What was read last of a payload, for questions about neighbouring changes.
  var recent = RecentPayload()
  private var notices = StoreNotices()
  /// The snapshot that the table and the history begin with; nil where the journal was read whole.
  var snapshot: SnapshotFile?
  /// Snapshots that are not to be used, and what they say all the same.
  var unusable: [SnapshotName: SnapshotWitness?] = [:]
  /// What was read or written behind the newest snapshot.
  var tail = JournalTail()
  /// Whether this process has committed anything.
  var hasCommitted = false
  /// Told how far it is with what takes long.
  package var progress: ProgressReport = { _, _, _ in }
  /// Held while a transaction is open that will create the store.
  var creationLock: CreationLock?

  /// Where the store is kept.
  enum Place {
    case memory(Origin)
    case disk(any Disk, path: Text, Access, lockTimeout: Int, allowsNetwork: Bool)
  }

  /// What right to write a transaction has.
  enum Standing {
    /// The writer's lock is held.
    case locked
    /// The lock is to be taken before it is committed.
    case unlocked
    /// It is only ever rolled back.
    case rehearsed
  }

  /// The changes that are applied but not yet durable.
  struct Transaction {
    var context: CommitContext
    var standing = Standing.locked
    var changes = ChangePacker()
    /// How many rows there were before each change.
    var rowCounts: [Int] = []
    /// What it takes to read all changes up to each again.
    var weights: [Int] = []
  }

  private init(_ place: Place, _ table: Table, _ limits: StoreLimits = StoreLimits()) {
    self.place = place
    self.limits = limits
    self.table = table
    origin = table
  }

  /// A store that lasts as long as the process.
  package static func inMemory(catalog: Catalog = .standard) -> Store {
    let origin = Origin(catalog: catalog, attributes: AttributeDefinition.standard)
    return Store(.memory(origin), origin.table)
  }

  /// Opens a store; where there is none yet, it is empty and the first commit creates it.
  ///
  /// - Parameters:
  ///   - path: where the store's directory is or will be.
  ///   - access: read-only refuses every transaction.
  ///   - lockTimeout: how long a transaction waits for another writer, in milliseconds.
  ///   - allowsNetwork: whether to write to a network file system, where locks can't be trusted.
  ///   - limits: how large what is read at the beginning may become.
  ///   - progress: told how far reading and writing are, as long as the store is open.
  /// - Returns: the store, as its last durable transaction left it.
  /// - Throws: where there is something else, or something that can't be trusted or read.
  package static func open(
    _ path: Text, access: Access = .readWrite, lockTimeout: Int = 5_000,
    allowsNetwork: Bool = false, limits: StoreLimits = StoreLimits(),
    progress: @escaping ProgressReport = { _, _, _ in }
  ) throws(StoreProblem) -> Store {
    try open(
      path, access: access, lockTimeout: lockTimeout, allowsNetwork: allowsNetwork,
      limits: limits, on: SystemDisk(), progress: progress)
  }

  /// Opens a store on any disk: for tests of what happens when one fails.
  package static func open(
    _ path: Text, access: Access = .readWrite, lockTimeout: Int = 5_000,
    allowsNetwork: Bool = false, limits: StoreLimits = StoreLimits(), on disk: any Disk,
    progress: @escaping ProgressReport = { _, _, _ in }
  ) throws(StoreProblem) -> Store {
    let store = unread(path, access, lockTimeout, allowsNetwork, limits, on: disk)
    store.progress = progress
    try store.refresh()
    return store
  }

  /// A store of which nothing has been read yet.
  static func unread(
    _ path: Text, _ access: Access, _ lockTimeout: Int, _ allowsNetwork: Bool,
    _ limits: StoreLimits = StoreLimits(), on disk: any Disk
  ) -> Store {
    var string = path.string
    while string.utf8.count > 1 && string.hasSuffix("/") { string.removeLast() }
    return Store(
      .disk(
        disk, path: Text(string), access, lockTimeout: lockTimeout, allowsNetwork: allowsNetwork),
      Origin.standard.table, limits)
  }

  /// A store that replays what is read from files elsewhere, and asks them again for payloads.
  static func reading(_ files: StoreFiles) -> Store {
    let store = inMemory()
    store.files = files
    return store
  }

  /// The newest change's number, pending ones included; 0 for the empty agency.
  package var lastChange: Int { history.lastChange + (transaction?.changes.count ?? 0) }

  package var isInTransaction: Bool { transaction != nil }

  /// Whether there is a store at the path; one in memory always exists.
  package var exists: Bool {
    if case .memory = place { true } else { files != nil }
  }

  package var isReadOnly: Bool {
    if case .disk(_, _, .readOnly, _, _) = place { true } else { false }
  }

  func note(_ notice: StoreNotice) { notices.note(notice) }

  /// Says that an error tells of damage, which is then not told as a notice.
  func leaveOutNotice(of damage: StoreProblem) { notices.leaveOut(.damaged(damage)) }

  /// What there is to tell since the last call; nothing is told twice.
  ///
  /// Where a write may follow, what it would put right, or be refused for, is kept back.
  package func takeNotices(mayWrite: Bool = false) -> [StoreNotice] {
    notices.take(mayWrite: mayWrite)
  }
}

// MARK: - Transactions

extension Store {
  /// Begins a transaction: takes the writer's lock and catches up with other writers.
  ///
  /// - Throws: where the lock is not to be had in time, or the store can't be written.
  package func begin(_ context: CommitContext) throws(StoreProblem) {
    precondition(!isInTransaction)
    if isReadOnly { throw .readOnly }
    try takeLock(context)
    var context = context
    context.time = max(context.time, history.lastTime ?? .min)
    transaction = Transaction(context: context)
  }

  /// Begins a transaction that is only ever rolled back: nobody is asked and nothing is locked.
  package func beginRehearsal(_ context: CommitContext) {
    precondition(!isInTransaction)
    transaction = Transaction(context: context, standing: .rehearsed)
  }

  /// Catches up with other writers; does nothing within a transaction.
  package func refresh() throws(StoreProblem) {
    guard !isInTransaction, case .disk = place else { return }
    try openIfThere()
    guard let files else { return }
    try readOn(files)
    if let notice = try files.notice() { note(notice) }
  }

  /// Applies effects as one change of the open transaction.
  ///
  /// - Returns: the change's number.
  @discardableResult
  package func append(
    _ effects: Effects, statement: Text, line: Int, reason: Text? = nil
  ) -> Int {
    precondition(isInTransaction)
    transaction?.rowCounts.append(table.rowCount)
    let weight = transaction?.weights.last ?? 0
    transaction?.weights.append(weight + JournalTail.weight(of: effects))
    transaction?.changes.append(effects, statement: statement, line: line, reason: reason)
    apply(effects)
    return lastChange
  }

  /// The most recently created subaccount: asked for each write, so without a copy of the table.
  package var newest: Row? { Table.newest(of: table.liveRows, table.rowCount) }

  package var savepoint: Savepoint { Savepoint(pending: transaction?.changes.count ?? 0) }

  /// Takes back the changes since a savepoint; the transaction stays open.
  package func rollback(to savepoint: Savepoint) {
    guard let transaction, savepoint.pending < transaction.changes.count else { return }
    for index in (savepoint.pending..<transaction.changes.count).reversed() {
      table.revert(pendingChange(index).effects)
    }
    do throws(Damage) {
      try self.transaction?.changes.truncate(to: savepoint.pending)
    } catch {
      preconditionFailure("a pending change can't be read: \(error.part)")
    }
    self.transaction?.rowCounts.removeSubrange(savepoint.pending...)
    self.transaction?.weights.removeSubrange(savepoint.pending...)
    index.truncate(to: lastChange)
  }

  /// Takes back the whole transaction and ends it.
  package func rollback() {
    rollback(to: .beginning)
    end()
  }

  /// Makes the transaction's changes durable, and ends it.
  ///
  /// - Throws: where they could not be; then the table is as before the transaction.
  package func commit() throws(StoreProblem) {
    guard let transaction, transaction.changes.count > 0 else {
      end()
      return
    }
    precondition(transaction.standing == .locked)
    if isSnapshotDamaged {
      try rebuild(to: .beginning)
      end()
      throw .snapshotDamaged(path: path ?? "memory")
    }
    var head: [UInt8] = []
    transaction.context.write(to: &head)
    let payload = Payload(head, transaction.changes)
    if payload.count >= limits.longSave { progress(.saving, 0, 0) }
    do throws(StoreProblem) {
      try save(payload, transaction)
    } catch {
      rollback()
      throw error
    }
    tail.note(changes: transaction.weights.last ?? 0, bytes: payload.count)
    hasCommitted = true
    self.transaction = nil
    if tail.weight > limits.longestTail { takeSnapshotIfPossible() }
    end()
  }

  /// What the changes since a savepoint did, in order.
  package func pendingEffects(since savepoint: Savepoint) -> [Effects] {
    guard let transaction else { return [] }
    return (savepoint.pending..<transaction.changes.count).map { pendingChange($0).effects }
  }

  func end() {
    transaction = nil
    creationLock = nil
    files?.lock.giveBack()
  }

  private func save(_ payload: Payload, _ transaction: Transaction) throws(StoreProblem) {
    let context = transaction.context
    let count = transaction.changes.count
    switch place {
    case .memory:
      history.append(
        count: count, time: context.time, actor: context.actor, place: .memory(payload.bytes))
    case .disk(let disk, let path, _, _, _):
      if let files {
        let saved = try files.journal.append(count: count, time: context.time, payload: payload)
        note(saved, count, context, payload)
      } else {
        try create(path, on: disk, payload, count, context)
      }
    }
  }

  private func note(
    _ saved: Journal.Saved, _ count: Int, _ context: CommitContext, _ payload: Payload
  ) {
    history.append(count: count, time: context.time, actor: context.actor, place: saved.place)
    history.noteLastPayload(
      length: payload.count, blocks: saved.blocks,
      restarts: payload.changes.restarts.map { payload.start + $0 })
  }

  private func create(
    _ path: Text, on disk: any Disk, _ payload: Payload, _ count: Int, _ context: CommitContext
  ) throws(StoreProblem) {
    let created = try StoreCreation(
      disk: disk, path: path, origin: .standard, limits: limits
    ).run(
      count: count, time: context.time, payload: payload,
      holder: LockHolder(process: disk.process, user: context.user, since: context.time))
    if creationLock != nil { Placement(disk: disk, path: path).removeLeftovers() }
    guard let directory = try StoreDirectory(path, on: disk) else {
      disk.close(created.lock)
      throw .replaced(path: path)
    }
    let files = StoreFiles(directory, held: created.lock, limits)
    self.files = files
    // The table has these changes already; what the journal says is where they are.
    let saved = try files.journal.begin(behind: created.origin, created.first)
    note(saved, count, context, payload)
    files.journal.writeHead()
  }

  func pendingChange(_ index: Int) -> (head: ChangeHead, effects: Effects) {
    guard let transaction else { preconditionFailure("no transaction") }
    do throws(Damage) {
      return try transaction.changes.change(index, rowCount: transaction.rowCounts[index])
    } catch {
      preconditionFailure("a pending change can't be read: \(error.part)")
    }
  }
}

// MARK: - What was committed

extension Store {
  /// What to say where a payload that was read once does not make sense any more.
  func damaged(_ damage: Damage) -> StoreProblem {
    .damaged(
      path: files?.directory.path ?? "memory", detail: "the \(damage.part) is not valid",
      lastGood: history.lastChange, lost: nil)
  }

  /// What `show store` tells.
  package var facts: StoreFacts {
    StoreFacts(
      path: files?.directory.path, uuid: files.flatMap { StoreFacts.text(uuid: $0.journal.store) },
      format: SegmentHeader.currentFormat, isReadOnly: isReadOnly,
      subaccounts: table.live.count, changes: history.lastChange, commits: history.count,
      firstTime: history.firstTime, lastTime: history.lastTime,
      journalBytes: files?.journal.byteCount ?? 0,
      journalFiles: files?.journal.segments.count ?? 0)
  }
}
