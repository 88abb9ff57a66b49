import TerminalUI

/// The help while it is open: what was typed to filter it, and the selected command.
package struct HelpState: Equatable, Sendable {
    /// Words that each line must have.
    package internal(set) var filter = TextField()
    /// Index into the bindings that are shown.
    package internal(set) var cursor = 0

    package init() {}

    /// The bindings that have all that was typed, those that work now first.
    func bindings(_ state: DashboardState) -> [Binding] {
        let now = state.keyContexts
        let contexts = now + KeyContext.allCases.filter { !now.contains($0) }
        let words = filter.text.lowercased().split(separator: " ")
        return contexts.flatMap { context in
            KeyMap.bindings.filter { binding in
                guard binding.context == context else { return false }
                let names = state.shared.classNames
                let text =
                    "\(binding.name(state.shared.keys)) "
                    + names.worded("\(binding.label) \(binding.help) \(context.rawValue)")
                return words.allSatisfy { text.lowercased().contains($0) }
            }
        }
    }

    mutating func move(to index: Int, _ state: DashboardState) {
        cursor = min(max(0, index), max(0, bindings(state).count - 1))
    }
}
