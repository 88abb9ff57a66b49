import Specs
import TerminalUI

/// The one line that says it all, or its editor.
enum SpecLineView {
    static func draw(_ state: DashboardState, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        if case .specLine(let field, _) = state.overlay {
            // Below it stands why it is refused.
            let y = area.y - max(0, (state.specRefusal?.count ?? 1) - state.layout.status.height)
            let line = Rect(x: area.x, y: y, width: area.width, height: 1)
            buffer.fill(line, Cell(style: theme.style(.text)))
            buffer.write("spec ", x: line.x + 1, y: line.y, theme.style(.key))
            field.draw(
                in: line.inset(left: 6, right: 1), on: &buffer, look: state.look, placeholder: "784-200tanh-10 adam")
            return
        }
        if state.opened != nil, let run = state.run {
            return drawLine(of: run, in: area, state.look.theme, on: &buffer)
        }
        var room = area.width - 2
        if state.isEdited {
            let whole = state.run?.isAlive == true ? "edited · \(state.shared.key(.again)) restarts" : "edited"
            // The line itself comes first; the rows that wait have the same dot.
            let fits = state.composer.spec.description.columns + whole.count + 4 <= room
            let note = fits ? whole : ""
            room -= note.count + 4
            buffer.write(
                [Span(note, theme.style(.warning)), Span(" ●", theme.style(.warning))],
                x: area.maxX - note.count - 3, y: area.y)
        }
        let changes = RunLine.text(of: state.composer.changes)
        let text = fitting(state.composer.spec, room - (changes.isEmpty ? 0 : changes.columns + 1))
        let end = buffer.write(text, x: area.x + 1, y: area.y, theme.style(.text), maxWidth: room)
        buffer.write(
            changes, x: end + 1, y: area.y, theme.style(.key), maxWidth: area.x + 1 + room - end - 1)
    }

    /// The whole line, else without the ends of the chain, else also without the settings at their defaults: each reads
    /// back to the same spec.
    private static func fitting(_ spec: ExperimentSpec, _ room: Int) -> String {
        let usual = ExperimentSpec(network: spec.network, training: spec.training.defaults).description
            .split(separator: " ")
        let words = spec.shortDescription.split(separator: " ")
        // The layers and the optimizer stay.
        let own = words.prefix(2) + words.dropFirst(2).filter { !usual.contains($0) }
        let forms = [spec.description, spec.shortDescription, own.joined(separator: " ")]
        return forms.first { $0.columns <= room } ?? forms[2]
    }

    /// The line of a run that is not the composer's.
    private static func drawLine(of run: ShownRun, in area: Rect, _ theme: Theme, on buffer: inout Buffer) {
        let name = "run \(run.number) "
        let end = buffer.write(name, x: area.x + 1, y: area.y, theme.style(.dim))
        let changes = RunLine.text(of: run.line.changes)
        let room = area.maxX - 1 - end
        let text = fitting(run.line.spec, room - (changes.isEmpty ? 0 : changes.columns + 1))
        let line = changes.isEmpty ? text : "\(text) \(changes)"
        buffer.write(line, x: end, y: area.y, theme.style(.text), maxWidth: room)
    }
}
