import DataFormats
import Datasets
import TerminalUI

/// An image from a file, that can be corrected by hand.
extension DrawScreen {
    package func openLine(_ shared: Shared) -> TextField? { typing }

    package mutating func edited(_ line: TextField, isTaken: Bool, _ shared: inout Shared) { typing = line }

    package mutating func typed(_ key: Key, _ shared: inout Shared, _ place: Place) -> Reply? {
        switch key {
        case .escape: typing = nil
        case .enter:
            let path = typing?.text.trimmingBlanks ?? ""
            typing = nil
            return path.isEmpty ? [] : [.openImage(path, shared.imageForm)]
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

    /// The path of an image that can't be used is there to be corrected.
    package mutating func refused(_ path: String) {
        if typing == nil { typing = TextField(text: path, limit: TextField.Limit.line) }
    }

    /// An image takes the place of the drawing; undo brings that back.
    package mutating func opened(_ image: OpenedImage, _ shared: Shared) {
        lift()
        begin()
        canvas = DrawCanvas(image)
        // The image has it.
        saved = canvas
        changed(shared)
    }
}

extension Shared {
    /// How an image is looked at: a stroke for digits and letters, else the whole picture.
    var imageReading: NetworkImage.Reading { NetworkImage.usualReading(classNames: classNames.all) }

    /// How an image from a file is brought into the form of the loaded data set, else into MNIST's.
    var imageForm: NetworkImage {
        let dataset = data.loaded?.dataset
        return NetworkImage(
            shape: dataset?.train.shape ?? ImageShape(rows: 28, columns: 28), levels: dataset?.levels ?? .full,
            reading: imageReading)
    }
}
