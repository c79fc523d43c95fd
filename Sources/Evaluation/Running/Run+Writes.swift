import Diagnostics
import Language
import Permissions
import Storage

extension Run {
  /// Computes a write, appends it where it changes something, and says what it did.
  mutating func perform(_ write: ResolvedWrite) throws(Stop) {
    let computed = try compute(write, notesAreProvisional: true)
    try require(write.modifiers.expectation, computed)
    try carryOut(write, computed)
  }

  /// The same where a person may have to be asked: while they think, nobody else is kept waiting.
  ///
  /// - Returns: false where others have committed meanwhile, so that all of it is to be done again.
  mutating func performAsking(_ write: ResolvedWrite) throws(Stop) -> Bool {
    let known = store.lastChange
    let computed = try compute(write, notesAreProvisional: true)
    try require(write.modifiers.expectation, computed)
    var wasAsked = false
    // Who says how many it must be has looked.
    if write.modifiers.expectation == nil,
      let question = WriteQuestion(computed, in: store.table)
    {
      guard sink.confirms(question) else { throw .declined }
      wasAsked = true
    }
    let opensTransaction = !store.isInTransaction
    try beginIfNeeded(at: write.place)
    guard store.lastChange == known else {
      if opensTransaction, wasAsked {
        store.rollback()
        note(RunProblem.changedMeanwhile, at: write.place)
      }
      return false
    }
    try carryOut(write, computed)
    return true
  }

  private mutating func carryOut(
    _ write: ResolvedWrite, _ computed: ComputedWrite
  ) throws(Stop) {
    if options.isInterrupted() { throw .interrupted }
    var change: Int?
    if !computed.effects.isEmpty {
      noteDefault(computed.effects, at: write.place)
      change = append(computed.effects, write)
      if !computed.effects.deleted.isEmpty { noteMovedDefault(computed.effects, at: write.place) }
    }
    if isRehearsing { return }
    try deliver(.change(computed.summary(change: change)))
  }

  /// What a write would do to the table as it is; nothing is changed.
  mutating func compute(
    _ write: ResolvedWrite, notesAreProvisional: Bool = false
  ) throws(Stop) -> ComputedWrite {
    let context = context(ofWrite: notesAreProvisional)
    do {
      return try compute(write, in: context)
    } catch {
      throw .failed(error)
    }
  }

  private mutating func compute(
    _ write: ResolvedWrite, in context: EvaluationContext
  ) throws(Diagnostic) -> ComputedWrite {
    let modifiers = write.modifiers
    switch write.action {
    case .grant(let permissions, let selection):
      return try context.grant(permissions, to: selection, modifiers)
    case .revoke(let permissions, let selection):
      return try context.revoke(permissions, from: selection, modifiers)
    case .grantOnly(let permissions, let selection):
      return try context.grantOnly(permissions, to: selection, modifiers)
    case .copy(let permissions, let source, let selection):
      return try context.copy(permissions, from: source, to: selection, modifiers)
    case .create(let creation): return try context.create(creation, &ids)
    case .rename(let reference, let name):
      return try context.rename(reference, to: name, modifiers)
    case .delete(let selection): return try context.delete(selection, modifiers)
    case .set(let assignments, let selection):
      return try context.set(assignments, for: selection, modifiers)
    case .unset(let targets, let selection):
      return try context.unset(targets, for: selection, modifiers)
    case .protect(let selection): return try context.protect(selection, true)
    case .unprotect(let selection): return try context.protect(selection, false)
    case .importFile(let file): return try merge(file, modifiers, in: context, at: write.place)
    case .define(let definition): return context.define(definition)
    case .drop(let definition): return context.drop(definition)
    case .createPermission(let permission): return context.create(permission)
    case .undo(let target): return try context.undo(target, modifiers, at: write.place)
    case .restore(let permissions, let selection, let moment):
      return try context.restore(permissions, of: selection, asOf: moment, modifiers)
    }
  }

  private mutating func merge(
    _ file: ImportFile, _ modifiers: Modifiers, in context: EvaluationContext, at place: Place
  ) throws(Diagnostic) -> ComputedWrite {
    let imported: ImportedSubaccounts
    do {
      imported = try files.read(
        ImportRequest(
          path: file.file.value, format: file.format, catalog: context.table.catalog,
          attributes: context.table.attributes))
    } catch {
      throw error.place == nil ? error.at(resolver.source, file.file.place) : error
    }
    for note in imported.notes { context.note(note) }
    var ids = ids
    defer { self.ids = ids }
    let now = now
    let merge: ImportMerge
    do {
      merge = try ImportMerge(
        of: imported, into: context.table, matching: file.matching,
        includingProtected: modifiers.includesProtected, now: now
      ) { ids.make($0, at: now, unlike: context.table) }
    } catch {
      throw context.diagnostic(error, at: file.file.place.range)
    }
    for note in merge.notes {
      context.note(context.diagnostic(note, severity: note.severity, at: file.file.place.range))
    }
    return ComputedWrite(
      effects: merge.effects,
      deed: .imported(file: file.file.value, created: merge.created),
      changed: merge.created + merge.updated.count, already: merge.already,
      protected: merge.protected)
  }

  /// What `expect` says must be so.
  func require(
    _ expectation: Modifiers.Expectation?, _ computed: ComputedWrite
  ) throws(Stop) {
    guard let expectation, !expectation.amount.admits(computed.changed) else { return }
    throw failure(
      RunProblem.expectation(wanted: expectation.amount.words, changed: computed.changed),
      at: expectation.place)
  }

  private mutating func append(_ effects: Effects, _ write: ResolvedWrite) -> Int {
    let range = write.place.range
    let change = store.append(
      effects, statement: resolver.source.statement(range),
      line: lines.line(of: range.lower, in: resolver.source),
      reason: write.modifiers.reason?.value ?? options.reason)
    lastWrite = (resolver.source, range)
    if effects.changesNames { resolver.scope.follow(store.table) }
    return change
  }

  private mutating func noteDefault(_ effects: Effects, at place: Place) {
    guard !hasNotedDefault, !isRehearsing, !effects.flips.isEmpty, effects.created.count == 0,
      let newest = store.newest,
      effects.flips.contains(where: { $0.rows.contains(newest) })
    else { return }
    hasNotedDefault = true
    noteOfWrite(RunProblem.changesDefault(of: store.table.name(of: newest)), at: place)
  }

  private func noteMovedDefault(_ effects: Effects, at place: Place) {
    guard !isRehearsing, let last = effects.deleted.last,
      store.table.newest.map({ $0 < last }) ?? true
    else { return }
    noteOfWrite(
      RunProblem.defaultMoves(to: store.table.newest.map { store.table.name(of: $0) }), at: place)
  }
}

extension Modifiers.Expectation.Amount {
  func admits(_ count: Int) -> Bool {
    switch self {
    case .exactly(let wanted): count == wanted
    case .between(let low, let high): low <= count && count <= high
    case .atMost(let most): count <= most
    }
  }

  /// For messages.
  var words: String {
    switch self {
    case .exactly(let wanted): Quantity.of(wanted, "subaccount")
    case .between(let low, let high):
      "\(Quantity.grouped(low)) to \(Quantity.of(high, "subaccount"))"
    case .atMost(let most): "at most \(Quantity.of(most, "subaccount"))"
    }
  }
}

extension SourceText {
  /// A statement as history keeps it: as written, at most 4 KiB, never half a character.
  func statement(_ range: SourceRange) -> Text {
    var upper = min(range.upper, range.lower + SourceText.longestKept, bytes.count)
    if upper < range.upper {
      while upper > range.lower, bytes[upper] & 0xC0 == 0x80 { upper -= 1 }
    }
    return Text(validating: bytes[min(range.lower, upper)..<upper]) ?? ""
  }

  /// In bytes.
  private static let longestKept = 4_096
}
