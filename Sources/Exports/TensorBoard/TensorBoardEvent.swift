import Interchange

/// Entries of TensorBoard's event files. Source of names and numbers: `event.proto`, `summary.proto` and the hparams
/// plugin's `plugin_data.proto`.
enum TensorBoardEvent {
    /// One value of a summary.
    struct Value {
        let message: ProtocolMessage

        /// A number, in the format that every reader of event files supports.
        static func scalar(_ tag: String, _ value: Double) -> Value {
            Value(message: [1: .text(tag), 2: .float(Float(value))])
        }

        /// - Parameters:
        ///   - title: shown instead of the tag.
        ///   - description: Markdown.
        static func image(_ tag: String, _ image: PNGImage, title: String, description: String) -> Value {
            let picture: ProtocolMessage = [
                1: .integer(image.height), 2: .integer(image.width), 3: .integer(image.kind.samples),
                4: .bytes(image.encoded),
            ]
            let plugin: ProtocolMessage = [1: .text("images")]
            return Value(message: [
                1: .text(tag), 4: .message(picture),
                9: .message([1: .message(plugin), 2: .text(title), 3: .text(description)]),
            ])
        }

        /// Markdown for the text plugin: a tensor of one string, of the data class TENSOR.
        static func text(_ tag: String, _ markdown: String) -> Value {
            let metadata: ProtocolMessage = [1: .message([1: .text("text")]), 4: .integer(2)]
            let tensor: ProtocolMessage = [1: .integer(7), 2: .message([:]), 8: .text(markdown)]
            return Value(message: [1: .text(tag), 9: .message(metadata), 8: .message(tensor)])
        }

        /// The hparams plugin's data of a run, as metadata of an empty tensor of floats.
        static func hyperparameters(_ tag: String, _ content: ProtocolMessage) -> Value {
            let plugin: ProtocolMessage = [1: .text("hparams"), 2: .bytes(content.bytes)]
            let empty: ProtocolMessage = [1: .integer(1), 2: .message([2: .message([:])])]
            return Value(message: [
                1: .text("_hparams_/" + tag), 9: .message([1: .message(plugin)]), 8: .message(empty),
            ])
        }
    }

    /// The first record of every file.
    static func fileVersion(at time: Double) -> [UInt8] {
        TFRecord.encode((([1: .double(time), 3: .text("brain.Event:2")]) as ProtocolMessage).bytes)
    }

    /// Values of one step, as a record; empty without values.
    ///
    /// - Parameter time: seconds since 1970.
    static func summary(_ values: [Value], step: Int, at time: Double) -> [UInt8] {
        guard !values.isEmpty else { return [] }
        var summary = ProtocolMessage()
        for value in values { summary.append(1, .message(value.message)) }
        let event: ProtocolMessage = [1: .double(time), 2: .integer(step), 5: .message(summary)]
        return TFRecord.encode(event.bytes)
    }
}
