package import Diagnostics
package import Storage

/// A disk in memory that knows which of its bytes and names would outlive a power cut.
///
/// What was written is in dirty sectors until it is synced, each of which may reach the disk or not;
/// so may a new size, and each change of names, until its directory is synced. The power can be
/// cut at any call, which then and later fails; any call may be made to fail or to write short.
package final class SimulatedDisk: Disk {
  package static let sector = 512

  final class Node {
    let number: UInt64
    let isDirectory: Bool
    /// Of a file: what is read, and what is on the disk for certain.
    var bytes: [UInt8] = []
    var durable: [UInt8] = []
    var dirty: Set<Int> = []
    /// Of a directory.
    var names: [String: Node] = [:]
    var durableNames: [String: Node] = [:]
    var pending: [NameChange] = []

    init(_ number: UInt64, isDirectory: Bool) {
      self.number = number
      self.isDirectory = isDirectory
    }
  }

  /// One change of a directory's names that is not yet on the disk.
  struct NameChange {
    /// Both halves of a rename have the same, and happen together or not at all.
    let operation: Int
    let name: String
    let node: Node?
  }

  /// What this disk does wrong, as a store would that has this mistake.
  package var mutation: Mutation?
  /// The call at which the power is cut; nil for never.
  package var cutAt: Int?
  /// The calls that fail once, and why.
  package var failures: [Int: DiskFailure.Reason] = [:]
  /// The most that one write takes.
  package var longestWrite = Int.max
  /// How many calls were made that change something or could fail of it.
  package private(set) var calls = 0
  package private(set) var isCut = false

  private(set) var root: Node
  private var numbers: UInt64 = 1
  private var operations = 0
  private var handles: [Int32: Node] = [:]
  private var nextHandle: Int32 = 3
  private var locks: [UInt64: Int32] = [:]

  package init() {
    root = Node(0, isDirectory: true)
  }

  var numberLimit: UInt64 { numbers }

  /// Takes over what another disk had on it.
  func adopt(_ root: Node, numbered limit: UInt64) {
    self.root = root
    numbers = limit
  }

  /// Counts a call, and stops everything where the power is cut.
  private func step(_ operation: String) throws(DiskFailure) {
    if isCut { throw DiskFailure(reason: .other(5), operation: operation, words: "no power") }
    calls += 1
    if calls == cutAt {
      isCut = true
      throw DiskFailure(reason: .other(5), operation: operation, words: "no power")
    }
    if let reason = failures.removeValue(forKey: calls) {
      throw DiskFailure(reason: reason, operation: operation, words: "made to fail")
    }
  }

  private func fail(_ reason: DiskFailure.Reason, _ operation: String) -> DiskFailure {
    DiskFailure(reason: reason, operation: operation, words: "\(reason)")
  }

  private func node(_ handle: DiskHandle, _ operation: String) throws(DiskFailure) -> Node {
    guard let node = handles[handle.descriptor] else { throw fail(.other(9), operation) }
    return node
  }

  /// The directory that a name is looked up in, and the last part of the name.
  private func place(
    _ name: Text, _ directory: DiskHandle?, _ operation: String
  ) throws(DiskFailure) -> (Node, String) {
    var folder =
      try directory.map { handle throws(DiskFailure) in try node(handle, operation) } ?? root
    let parts = name.string.split(separator: "/").filter { $0 != "." }
    for part in parts.dropLast() {
      guard let next = folder.names[String(part)] else { throw fail(.absent, operation) }
      folder = next
    }
    return (folder, parts.last.map(String.init) ?? "")
  }

  private func find(
    _ name: Text, _ directory: DiskHandle?, _ operation: String
  ) throws(DiskFailure) -> Node? {
    let (folder, last) = try place(name, directory, operation)
    return last.isEmpty ? folder : folder.names[last]
  }

  private func change(_ folder: Node, _ name: String, to node: Node?, operation: Int) {
    folder.names[name] = node
    folder.pending.append(NameChange(operation: operation, name: name, node: node))
  }

  private func nextOperation() -> Int {
    operations += 1
    return operations
  }

  private func opened(_ node: Node) -> DiskHandle {
    nextHandle += 1
    handles[nextHandle] = node
    return DiskHandle(descriptor: nextHandle)
  }
}

// MARK: - What the store asks

extension SimulatedDisk {
  package func facts(of name: Text, in directory: DiskHandle?) throws(DiskFailure) -> FileFacts? {
    if isCut { throw fail(.other(5), "look at") }
    return try find(name, directory, "look at").map(facts)
  }

  package func facts(of handle: DiskHandle) throws(DiskFailure) -> FileFacts {
    if isCut { throw fail(.other(5), "look at") }
    return facts(try node(handle, "look at"))
  }

  private func facts(_ node: Node) -> FileFacts {
    FileFacts(
      kind: node.isDirectory ? .directory : .file, size: node.bytes.count,
      identity: FileIdentity(device: 1, number: node.number), isOwnedByUser: true,
      isWritableByOthers: false, links: 1)
  }

  package func names(in directory: DiskHandle) throws(DiskFailure) -> [Text] {
    if isCut { throw fail(.other(5), "list") }
    return try node(directory, "list").names.keys.sorted().map { Text($0) }
  }

  package func open(
    _ name: Text, in directory: DiskHandle?, as mode: OpenMode
  ) throws(DiskFailure) -> DiskHandle {
    if mode == .create || mode == .createImmutable {
      try step("create")
      let (folder, last) = try place(name, directory, "create")
      if folder.names[last] != nil { throw fail(.exists, "create") }
      numbers += 1
      let node = Node(numbers, isDirectory: false)
      change(folder, last, to: node, operation: nextOperation())
      return opened(node)
    }
    if isCut { throw fail(.other(5), "open") }
    guard let node = try find(name, directory, "open") else { throw fail(.absent, "open") }
    if mode == .directory && !node.isDirectory { throw fail(.notADirectory, "open") }
    return opened(node)
  }

  package func makeDirectory(_ name: Text, in directory: DiskHandle?) throws(DiskFailure) {
    try step("create")
    let (folder, last) = try place(name, directory, "create")
    if folder.names[last] != nil { throw fail(.exists, "create") }
    numbers += 1
    change(folder, last, to: Node(numbers, isDirectory: true), operation: nextOperation())
  }

  package func read(_ file: DiskHandle, at offset: Int, count: Int) throws(DiskFailure) -> [UInt8] {
    if isCut { throw fail(.other(5), "read") }
    let bytes = try node(file, "read").bytes
    guard offset < bytes.count else { return [] }
    let read = Array(bytes[offset..<min(bytes.count, offset + count)])
    return mutation == .skipPayloadChecksum ? PayloadChecksums.made(right: read) : read
  }

  package func map(_ file: DiskHandle, count: Int) throws(DiskFailure) -> FileMemory {
    if isCut { throw fail(.other(5), "map") }
    let bytes = try node(file, "map").bytes
    guard count > 0, count <= bytes.count else { throw fail(.unsupported, "map") }
    return FileMemory(copying: Array(bytes[..<count]))
  }

  package func write(
    _ bytes: Span<UInt8>, to file: DiskHandle, at offset: Int
  ) throws(DiskFailure) -> Int {
    try step("write")
    let node = try node(file, "write")
    let count = min(bytes.count, longestWrite)
    if node.bytes.count < offset + count {
      node.bytes.append(contentsOf: repeatElement(0, count: offset + count - node.bytes.count))
    }
    for index in 0..<count { node.bytes[offset + index] = bytes[index] }
    let sector = SimulatedDisk.sector
    node.dirty.formUnion(offset / sector...(offset + max(count, 1) - 1) / sector)
    return mutation == .ignoreShortWrite ? bytes.count : count
  }

  package func allocate(_ file: DiskHandle, at offset: Int, count: Int) throws(DiskFailure) {
    try step("reserve space for")
  }

  package func truncate(_ file: DiskHandle, to size: Int) throws(DiskFailure) {
    try step("cut")
    let node = try node(file, "cut")
    let sector = SimulatedDisk.sector
    if size < node.bytes.count {
      node.bytes.removeSubrange(size...)
    } else {
      node.bytes.append(contentsOf: repeatElement(0, count: size - node.bytes.count))
    }
    node.dirty.insert(size / sector)
  }

  package func sync(_ handle: DiskHandle, dataOnly: Bool) throws(DiskFailure) {
    let node = try node(handle, "sync")
    // A store that leaves a sync out does not ask, so that there is no call to cut at either.
    switch mutation {
    case .acknowledgeBeforeSync where dataOnly: return
    case .renameWithoutFileSync where !node.isDirectory && !dataOnly: return
    case .renameWithoutDirectorySync where node.isDirectory: return
    default: break
    }
    try step("sync")
    if node.isDirectory {
      syncNames(node)
    } else {
      node.durable = node.bytes
      node.dirty = []
    }
  }

  private func syncNames(_ folder: Node) {
    let done = Set(folder.pending.map(\.operation))
    folder.durableNames = folder.names
    folder.pending = []
    // The other half of a rename is durable with this one.
    for other in directories() where !other.pending.isEmpty {
      for change in other.pending where done.contains(change.operation) {
        other.durableNames[change.name] = change.node
      }
      other.pending.removeAll { done.contains($0.operation) }
    }
  }

  private func directories() -> [Node] {
    var all = [root]
    var index = 0
    while index < all.count {
      all += all[index].names.values.filter(\.isDirectory)
      index += 1
    }
    return all
  }

  package func rename(
    _ name: Text, in directory: DiskHandle?, to newName: Text, in newDirectory: DiskHandle?
  ) throws(DiskFailure) {
    try step("rename")
    let (folder, old) = try place(name, directory, "rename")
    let (newFolder, new) = try place(newName, newDirectory, "rename")
    guard let node = folder.names[old] else { throw fail(.absent, "rename") }
    if newFolder.names[new] != nil { throw fail(.exists, "rename") }
    let operation = nextOperation()
    change(folder, old, to: nil, operation: operation)
    change(newFolder, new, to: node, operation: operation)
  }

  package func remove(
    _ name: Text, in directory: DiskHandle?, isDirectory: Bool
  ) throws(DiskFailure) {
    try step("remove")
    let (folder, last) = try place(name, directory, "remove")
    guard let node = folder.names[last] else { throw fail(.absent, "remove") }
    if isDirectory && !node.names.isEmpty { throw fail(.exists, "remove") }
    change(folder, last, to: nil, operation: nextOperation())
  }

  package func tryLock(_ file: DiskHandle, byte: Int) throws(DiskFailure) -> Bool {
    let node = try node(file, "lock")
    if let holder = locks[node.number], holder != file.descriptor { return false }
    locks[node.number] = file.descriptor
    return true
  }

  package func unlock(_ file: DiskHandle, byte: Int) {
    guard let node = handles[file.descriptor] else { return }
    if locks[node.number] == file.descriptor { locks[node.number] = nil }
  }

  package func isLocked(_ file: DiskHandle, byte: Int) -> Bool {
    guard let node = handles[file.descriptor], let holder = locks[node.number] else { return false }
    return holder != file.descriptor
  }

  package func tryLockWhole(_ directory: DiskHandle) throws(DiskFailure) -> Bool {
    try tryLock(directory, byte: 0)
  }

  package func isOnNetwork(_ handle: DiskHandle) throws(DiskFailure) -> Bool { false }

  package func close(_ handle: DiskHandle) {
    unlock(handle, byte: 0)
    handles[handle.descriptor] = nil
  }

  package var process: Int { 1 }

  package func pause(milliseconds: Int) {}
}

// MARK: - What tests look at and change

extension SimulatedDisk {
  private func folder(_ path: String) -> Node? {
    path.split(separator: "/").reduce(root) { $0?.names[String($1)] }
  }

  /// The files of a directory, by name.
  package func files(in directory: String) -> [String: [UInt8]] {
    (folder(directory)?.names ?? [:]).filter { !$0.value.isDirectory }.mapValues(\.bytes)
  }

  /// Puts other bytes into a file.
  package func put(_ bytes: [UInt8], in directory: String, _ name: String) {
    let node = folder(directory)?.names[name]
    node?.bytes = bytes
    node?.durable = bytes
    node?.dirty = []
  }
}
