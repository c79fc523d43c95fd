import Diagnostics
import Language
import Storage
import Synchronization

extension Session {
  /// How many subaccounts the last statement of a line being typed would change.
  ///
  /// It is what a preview computes, on the state that is known: no lock is taken, no file is read.
  ///
  /// - Parameters:
  ///   - bytes: the line.
  ///   - goesOn: is asked every few tenths of a millisecond where much is to be looked at; once it
  ///     says no, it is asked no more, and there is no answer.
  /// - Returns: nil where the line is no write that could run, or one that is not looked at.
  package func reach(
    of bytes: [UInt8], while goesOn: @escaping @Sendable () -> Bool = { true }
  ) -> Reach? {
    guard store.table.findNamesAtOnce(while: goesOn) else { return nil }
    let source = SourceText(name: "<prompt>", bytes: bytes)
    let (script, mistakes) = Parser.parse(source)
    guard mistakes.isEmpty, let last = script.statements.last, script.statements.count == 1 else {
      return nil
    }
    let action: WriteStatement.Action
    switch last.kind {
    case .write(let write), .preview(let write): action = write.action
    default: return nil
    }
    switch action {
    case .grant, .grantOnly, .revoke, .copy, .delete, .set, .unset, .protect, .unprotect: break
    default: return nil
    }
    var run = runForPrompt(source, sink: SilentSink())
    run.resolver.source = source
    run.resolver.now = now
    let resolved = run.resolver.resolve(last)
    guard run.resolver.takeFindings().allSatisfy({ $0.severity != .error }), let resolved else {
      return nil
    }
    let write: ResolvedWrite
    switch resolved.kind {
    case .write(let found), .preview(let found): write = found
    default: return nil
    }
    let isGivenUp = Latch()
    let context = EvaluationContext(
      table: store.table, store: store, now: run.now, those: run.those, source: source,
      isUnheard: true, isInterrupted: { isGivenUp.isSet(unless: goesOn) })
    guard let changed = try? context.changed(by: write), !context.isInterrupted() else {
      return nil
    }
    return Reach(changed: changed, all: store.table.live.count)
  }
}

/// Says yes for ever once a question was answered with no.
private final class Latch: Sendable {
  private let isSet = Atomic<Bool>(false)

  func isSet(unless goesOn: () -> Bool) -> Bool {
    if isSet.load(ordering: .relaxed) { return true }
    if goesOn() { return false }
    isSet.store(true, ordering: .relaxed)
    return true
  }
}

extension EvaluationContext {
  /// How many subaccounts a write would change, counted without making its effects: those of a `set`
  /// hold a value for each row.
  fileprivate func changed(by write: ResolvedWrite) throws(Diagnostic) -> Int {
    let modifiers = write.modifiers
    switch write.action {
    case .grant(let permissions, let selection):
      return try grant(permissions, to: selection, modifiers).changed
    case .revoke(let permissions, let selection):
      return try revoke(permissions, from: selection, modifiers).changed
    case .grantOnly(let permissions, let selection):
      return try grantOnly(permissions, to: selection, modifiers).changed
    case .copy(let permissions, let source, let selection):
      return try copy(permissions, from: source, to: selection, modifiers).changed
    case .delete(let selection): return try delete(selection, modifiers).changed
    case .protect(let selection): return try protect(selection, true).changed
    case .unprotect(let selection): return try protect(selection, false).changed
    case .set(let assignments, let selection):
      return try changed(in: selection, modifiers, assignments.map { ($0.target, $0.value) })
    case .unset(let targets, let selection):
      return try changed(in: selection, modifiers, targets.map { ($0, nil) })
    case .create, .rename, .importFile, .define, .drop, .createPermission, .undo, .restore:
      return 0
    }
  }

  /// Those of a selection in which one of some attributes has not yet its new value.
  private func changed(
    in selection: ResolvedSelection, _ modifiers: Modifiers,
    _ values: [(target: ResolvedTarget, new: AttributeValue?)]
  ) throws(Diagnostic) -> Int {
    let rows = try subjects(of: selection, modifiers).rows
    var asWanted = rows
    for (target, new) in values {
      switch (target, new) {
      case (.new, nil): break
      case (.new, .some): asWanted = RowSet()
      case (.stored(let number), let new?):
        asWanted = asWanted.intersection(table.rows(whereAttribute: number, ValueTest(equal: new)))
      case (.stored(let number), nil):
        asWanted = asWanted.subtracting(table.rows(whereAttribute: number, .isSet))
      }
    }
    return rows.count - asWanted.count
  }
}

extension ValueTest {
  fileprivate init(equal value: AttributeValue) {
    switch value {
    case .text(let text): self = .text(.equals(text))
    case .number(let number): self = .number(.compare(.equal, number))
    case .boolean(let flag): self = .boolean(flag)
    case .time(let time): self = .time(.compare(.equal, time))
    }
  }
}
