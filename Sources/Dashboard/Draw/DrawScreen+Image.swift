import DataFormats
import TerminalUI

/// An image whose stroke is drawn, so that it can be corrected by hand.
extension DrawScreen {
    package func openLine(_ shared: Shared) -> TextField? { typing }

    package mutating func edited(_ line: TextField, isTaken: Bool, _ shared: inout Shared) { typing = line }

    package mutating func typed(_ key: Key, _ shared: inout Shared, _ place: Place) -> Reply? {
        switch key {
        case .escape: typing = nil
        case .enter:
            let path = typing?.text.trimmingBlanks ?? ""
            typing = nil
            return path.isEmpty ? [] : [.openImage(path)]
        default: return nil
        }
        return []
    }

    package func drawStatus(_ shared: Shared, refusal: String?, in line: Rect, on buffer: inout Buffer) -> Bool {
        guard let typing else { return false }
        let typed = TypedLine(
            name: "image", field: typing, placeholder: "photo.jpg  ~/scans/7.png", note: "PNG, JPEG or PGM",
            refusal: refusal)
        typed.draw(in: line, look: shared.look, on: &buffer)
        return true
    }

    /// The stroke of an image takes the place of the drawing; undo brings that back.
    ///
    /// - Parameter ink: light on black, of any size.
    package mutating func opened(_ ink: GrayImage, _ shared: Shared) {
        lift()
        begin()
        canvas = DrawCanvas(ink)
        // The image has it.
        saved = canvas
        changed(shared)
    }
}
