import Diagnostics

/// Statements that change the store.
extension Printer {
  mutating func write(_ write: WriteStatement) {
    action(write.action)
    modifiers(write.modifiers)
  }

  private mutating func action(_ action: WriteStatement.Action) {
    switch action {
    case .grant(let permissions, let who):
      concerning(.grant, permissions, .to, who)
    case .revoke(let permissions, let who):
      concerning(.revoke, permissions, .from, who)
    case .grantOnly(let permissions, let who):
      word(.grant)
      concerning(.only, permissions, .to, who)
    case .copy(let permissions, let source, let who):
      word(.copy)
      permissionList(permissions)
      word(.from)
      reference(source)
      word(.to)
      selection(who)
    case .restore(let permissions, let who, let time):
      concerning(.restore, permissions, .of, who)
      words(.as, .of)
      self.time(time.value)
    case .create(let create):
      createSubaccounts(create)
    case .rename(let subaccount, let name):
      word(.rename)
      reference(subaccount)
      word(.to)
      text(name.value)
    case .delete(let who):
      words(.delete, .subaccounts)
      selection(who)
    case .set(let assignments, let who):
      word(.set)
      self.assignments(assignments)
      word(.for)
      selection(who)
    case .unset(let attributes, let who):
      word(.unset)
      list(attributes) { $0.name($1.value) }
      word(.for)
      selection(who)
    case .protect(let who):
      word(.protect)
      selection(who)
    case .unprotect(let who):
      word(.unprotect)
      selection(who)
    case .undo(let target):
      undo(target)
    case .importFile, .definePermissions, .defineSubaccounts, .definePolicy, .dropDefinition,
      .dropPolicy, .createPermission:
      definition(action)
    }
  }

  private mutating func concerning(
    _ verb: Keyword, _ permissions: PermissionList, _ preposition: Keyword, _ who: Selection
  ) {
    word(verb)
    permissionList(permissions)
    word(preposition)
    selection(who)
  }

  private mutating func assignments(_ assignments: [Assignment]) {
    list(assignments) { printer, assignment in
      printer.name(assignment.attribute.value)
      printer.piece("=")
      printer.value(assignment.value)
    }
  }

  private mutating func undo(_ target: UndoTarget) {
    word(.undo)
    switch target {
    case .last(let count) where count.value == 1: break
    case .last(let count):
      word(.last)
      number(count.value)
    case .change(let change):
      word(.change)
      number(change.value)
    }
  }

  private mutating func createSubaccounts(_ create: CreateSubaccounts) {
    words(.create, .subaccount)
    list(create.names) { $0.text($1.value) }
    switch create.start {
    case .inherited: break
    case .like(let subaccount):
      word(.like)
      reference(subaccount)
    case .with(let permissions):
      word(.with)
      permissionList(permissions)
    case .withNothing:
      words(.with, .nothing)
    }
    guard !create.assignments.isEmpty else { return }
    word(.set)
    assignments(create.assignments)
  }

  private mutating func modifiers(_ modifiers: Modifiers) {
    if let expectation = modifiers.expectation {
      word(.expect)
      switch expectation.amount {
      case .exactly(let count): number(count)
      case .between(let low, let high): piece("\(low)..\(high)")
      case .atMost(let count):
        words(.at, .most)
        number(count)
      }
    }
    if modifiers.includesProtected { words(.including, .protected) }
    if let reason = modifiers.reason {
      word(.because)
      text(reason.value)
    }
  }
}

// MARK: - Files and definitions

extension Printer {
  private mutating func definition(_ action: WriteStatement.Action) {
    switch action {
    case .importFile(let file):
      importFile(file)
    case .definePermissions(let name, let permissions):
      word(.define)
      variable(name.value)
      words(.as, .permissions)
      permissionList(permissions)
    case .defineSubaccounts(let name, let who):
      word(.define)
      variable(name.value)
      words(.as, .subaccounts)
      selection(who)
    case .definePolicy(let policy, let who):
      words(.define, .policy)
      name(policy.value)
      words(.as, .no, .subaccounts)
      selection(who)
    case .dropDefinition(let name):
      word(.drop)
      variable(name.value)
    case .dropPolicy(let policy):
      words(.drop, .policy)
      name(policy.value)
    case .createPermission(let permission):
      createPermission(permission)
    default:
      break
    }
  }

  private mutating func importFile(_ file: ImportFile) {
    word(.import)
    text(file.file.value)
    if let format = file.format { self.format(format) }
    guard let key = file.matching else { return }
    words(.matching, key == .id ? .id : .name)
  }

  mutating func format(_ format: FileFormat) {
    word(.as)
    switch format {
    case .csv: word(.csv)
    case .json: word(.json)
    case .jsonl: word(.jsonl)
    }
  }

  private mutating func createPermission(_ permission: CreatePermission) {
    words(.create, .permission)
    canonicalName(permission.area, permission.field)
    word(.label)
    text(permission.label.value)
    if let field = permission.apiField {
      word(.api)
      text(field.value)
    }
    if permission.isUIOnly { words(.ui, .only) }
    if permission.isAlwaysEnabled { word(.always) }
  }
}
