/// The panels of Lab that can have the focus, in the order of Tab.
package enum LabPanel: Int, CaseIterable, Sendable {
    case composer, loss, accuracy, confusion, wrong

    func next(_ step: Int) -> LabPanel {
        let all = LabPanel.allCases
        let index = (rawValue + step + all.count) % all.count
        return all[index]
    }
}
