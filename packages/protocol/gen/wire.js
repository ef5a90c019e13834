/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError, $TypeError = $util.global.TypeError, $String = $util.global.String, $Array = $util.global.Array, $Number = $util.global.Number, $parseInt = $util.global.parseInt, $BigInt = $util.global.BigInt, $Boolean = $util.global.Boolean;

// Exported root namespace
const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const zfsync = $root.zfsync = (() => {

    /**
     * Namespace zfsync.
     * @exports zfsync
     * @namespace
     */
    const zfsync = {};

    zfsync.v1 = (function() {

        /**
         * Namespace v1.
         * @memberof zfsync
         * @namespace
         */
        const v1 = {};

        v1.Control = (function() {

            /**
             * Properties of a Control.
             * @typedef {Object} zfsync.v1.Control.$Properties
             * @property {zfsync.v1.Hello.$Properties|null} [hello] Control hello
             * @property {zfsync.v1.HelloReply.$Properties|null} [helloReply] Control helloReply
             * @property {zfsync.v1.Offer.$Properties|null} [offer] Control offer
             * @property {zfsync.v1.Decisions.$Properties|null} [decisions] Control decisions
             * @property {zfsync.v1.BeginStream.$Properties|null} [beginStream] Control beginStream
             * @property {zfsync.v1.StreamReady.$Properties|null} [streamReady] Control streamReady
             * @property {zfsync.v1.StreamRefused.$Properties|null} [streamRefused] Control streamRefused
             * @property {zfsync.v1.StreamEnd.$Properties|null} [streamEnd] Control streamEnd
             * @property {zfsync.v1.StreamFailed.$Properties|null} [streamFailed] Control streamFailed
             * @property {zfsync.v1.StreamResult.$Properties|null} [streamResult] Control streamResult
             * @property {zfsync.v1.CleanBuffer.$Properties|null} [cleanBuffer] Control cleanBuffer
             * @property {zfsync.v1.CleanBufferReport.$Properties|null} [cleanBufferReport] Control cleanBufferReport
             * @property {zfsync.v1.Heartbeat.$Properties|null} [heartbeat] Control heartbeat
             * @property {zfsync.v1.ErrorMessage.$Properties|null} [error] Control error
             * @property {zfsync.v1.Goodbye.$Properties|null} [goodbye] Control goodbye
             * @property {zfsync.v1.Replan.$Properties|null} [replan] Control replan
             * @property {zfsync.v1.Pair.$Properties|null} [pair] Control pair
             * @property {zfsync.v1.PairReply.$Properties|null} [pairReply] Control pairReply
             * @property {zfsync.v1.Tidy.$Properties|null} [tidy] Control tidy
             * @property {zfsync.v1.TidyReport.$Properties|null} [tidyReport] Control tidyReport
             * @property {"hello"|"helloReply"|"offer"|"decisions"|"beginStream"|"streamReady"|"streamRefused"|"streamEnd"|"streamFailed"|"streamResult"|"cleanBuffer"|"cleanBufferReport"|"heartbeat"|"error"|"goodbye"|"replan"|"pair"|"pairReply"|"tidy"|"tidyReport"} [body] Control body
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Control.
             * @memberof zfsync.v1
             * @interface IControl
             * @augments zfsync.v1.Control.$Properties
             * @deprecated Use zfsync.v1.Control.$Properties instead.
             */

            /**
             * Narrowed shape of a Control.
             * @typedef {{
             *   hello?: zfsync.v1.Hello.$Shape|null;
             *   helloReply?: zfsync.v1.HelloReply.$Shape|null;
             *   offer?: zfsync.v1.Offer.$Shape|null;
             *   decisions?: zfsync.v1.Decisions.$Shape|null;
             *   beginStream?: zfsync.v1.BeginStream.$Shape|null;
             *   streamReady?: zfsync.v1.StreamReady.$Shape|null;
             *   streamRefused?: zfsync.v1.StreamRefused.$Shape|null;
             *   streamEnd?: zfsync.v1.StreamEnd.$Shape|null;
             *   streamFailed?: zfsync.v1.StreamFailed.$Shape|null;
             *   streamResult?: zfsync.v1.StreamResult.$Shape|null;
             *   cleanBuffer?: zfsync.v1.CleanBuffer.$Shape|null;
             *   cleanBufferReport?: zfsync.v1.CleanBufferReport.$Shape|null;
             *   heartbeat?: zfsync.v1.Heartbeat.$Shape|null;
             *   error?: zfsync.v1.ErrorMessage.$Shape|null;
             *   goodbye?: zfsync.v1.Goodbye.$Shape|null;
             *   replan?: zfsync.v1.Replan.$Shape|null;
             *   pair?: zfsync.v1.Pair.$Shape|null;
             *   pairReply?: zfsync.v1.PairReply.$Shape|null;
             *   tidy?: zfsync.v1.Tidy.$Shape|null;
             *   tidyReport?: zfsync.v1.TidyReport.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ body?: undefined; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "hello"; hello: zfsync.v1.Hello.$Shape; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "helloReply"; hello?: null; helloReply: zfsync.v1.HelloReply.$Shape; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "offer"; hello?: null; helloReply?: null; offer: zfsync.v1.Offer.$Shape; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "decisions"; hello?: null; helloReply?: null; offer?: null; decisions: zfsync.v1.Decisions.$Shape; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "beginStream"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream: zfsync.v1.BeginStream.$Shape; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "streamReady"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady: zfsync.v1.StreamReady.$Shape; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "streamRefused"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused: zfsync.v1.StreamRefused.$Shape; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "streamEnd"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd: zfsync.v1.StreamEnd.$Shape; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "streamFailed"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed: zfsync.v1.StreamFailed.$Shape; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "streamResult"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult: zfsync.v1.StreamResult.$Shape; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "cleanBuffer"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer: zfsync.v1.CleanBuffer.$Shape; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "cleanBufferReport"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport: zfsync.v1.CleanBufferReport.$Shape; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "heartbeat"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat: zfsync.v1.Heartbeat.$Shape; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "error"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error: zfsync.v1.ErrorMessage.$Shape; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "goodbye"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye: zfsync.v1.Goodbye.$Shape; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "replan"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan: zfsync.v1.Replan.$Shape; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "pair"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair: zfsync.v1.Pair.$Shape; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "pairReply"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply: zfsync.v1.PairReply.$Shape; tidy?: null; tidyReport?: null }|{ body?: "tidy"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy: zfsync.v1.Tidy.$Shape; tidyReport?: null }|{ body?: "tidyReport"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport: zfsync.v1.TidyReport.$Shape })
             * )} zfsync.v1.Control.$Shape
             */

            /**
             * Constructs a new Control.
             * @memberof zfsync.v1
             * @classdesc Represents a Control.
             * @constructor
             * @param {zfsync.v1.Control.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Control = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Control hello.
             * @member {zfsync.v1.Hello|null} hello
             * @memberof zfsync.v1.Control
             * @instance
             */
            Control.prototype.hello = null;

            /**
             * Control helloReply.
             * @member {zfsync.v1.HelloReply|null} helloReply
             * @memberof zfsync.v1.Control
             * @instance
             */
            Control.prototype.helloReply = null;

            /**
             * Control offer.
             * @member {zfsync.v1.Offer|null} offer
             * @memberof zfsync.v1.Control
             * @instance
             */
            Control.prototype.offer = null;

            /**
             * Control decisions.
             * @member {zfsync.v1.Decisions|null} decisions
             * @memberof zfsync.v1.Control
             * @instance
             */
            Control.prototype.decisions = null;

            /**
             * Control beginStream.
             * @member {zfsync.v1.BeginStream|null} beginStream
             * @memberof zfsync.v1.Control
             * @instance
             */
            Control.prototype.beginStream = null;

            /**
             * Control streamReady.
             * @member {zfsync.v1.StreamReady|null} streamReady
             * @memberof zfsync.v1.Control
             * @instance
             */
            Control.prototype.streamReady = null;

            /**
             * Control streamRefused.
             * @member {zfsync.v1.StreamRefused|null} streamRefused
             * @memberof zfsync.v1.Control
             * @instance
             */
            Control.prototype.streamRefused = null;

            /**
             * Control streamEnd.
             * @member {zfsync.v1.StreamEnd|null} streamEnd
             * @memberof zfsync.v1.Control
             * @instance
             */
            Control.prototype.streamEnd = null;

            /**
             * Control streamFailed.
             * @member {zfsync.v1.StreamFailed|null} streamFailed
             * @memberof zfsync.v1.Control
             * @instance
             */
            Control.prototype.streamFailed = null;

            /**
             * Control streamResult.
             * @member {zfsync.v1.StreamResult|null} streamResult
             * @memberof zfsync.v1.Control
             * @instance
             */
            Control.prototype.streamResult = null;

            /**
             * Control cleanBuffer.
             * @member {zfsync.v1.CleanBuffer|null} cleanBuffer
             * @memberof zfsync.v1.Control
             * @instance
             */
            Control.prototype.cleanBuffer = null;

            /**
             * Control cleanBufferReport.
             * @member {zfsync.v1.CleanBufferReport|null} cleanBufferReport
             * @memberof zfsync.v1.Control
             * @instance
             */
            Control.prototype.cleanBufferReport = null;

            /**
             * Control heartbeat.
             * @member {zfsync.v1.Heartbeat|null} heartbeat
             * @memberof zfsync.v1.Control
             * @instance
             */
            Control.prototype.heartbeat = null;

            /**
             * Control error.
             * @member {zfsync.v1.ErrorMessage|null} error
             * @memberof zfsync.v1.Control
             * @instance
             */
            Control.prototype.error = null;

            /**
             * Control goodbye.
             * @member {zfsync.v1.Goodbye|null} goodbye
             * @memberof zfsync.v1.Control
             * @instance
             */
            Control.prototype.goodbye = null;

            /**
             * Control replan.
             * @member {zfsync.v1.Replan|null} replan
             * @memberof zfsync.v1.Control
             * @instance
             */
            Control.prototype.replan = null;

            /**
             * Control pair.
             * @member {zfsync.v1.Pair|null} pair
             * @memberof zfsync.v1.Control
             * @instance
             */
            Control.prototype.pair = null;

            /**
             * Control pairReply.
             * @member {zfsync.v1.PairReply|null} pairReply
             * @memberof zfsync.v1.Control
             * @instance
             */
            Control.prototype.pairReply = null;

            /**
             * Control tidy.
             * @member {zfsync.v1.Tidy|null} tidy
             * @memberof zfsync.v1.Control
             * @instance
             */
            Control.prototype.tidy = null;

            /**
             * Control tidyReport.
             * @member {zfsync.v1.TidyReport|null} tidyReport
             * @memberof zfsync.v1.Control
             * @instance
             */
            Control.prototype.tidyReport = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * Control body.
             * @member {"hello"|"helloReply"|"offer"|"decisions"|"beginStream"|"streamReady"|"streamRefused"|"streamEnd"|"streamFailed"|"streamResult"|"cleanBuffer"|"cleanBufferReport"|"heartbeat"|"error"|"goodbye"|"replan"|"pair"|"pairReply"|"tidy"|"tidyReport"|undefined} body
             * @memberof zfsync.v1.Control
             * @instance
             */
            $Object.defineProperty(Control.prototype, "body", {
                get: $util.oneOfGetter($oneOfFields = ["hello", "helloReply", "offer", "decisions", "beginStream", "streamReady", "streamRefused", "streamEnd", "streamFailed", "streamResult", "cleanBuffer", "cleanBufferReport", "heartbeat", "error", "goodbye", "replan", "pair", "pairReply", "tidy", "tidyReport"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new Control instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.Control
             * @static
             * @param {zfsync.v1.Control.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.Control} Control instance
             * @type {{
             *   (properties: zfsync.v1.Control.$Shape): zfsync.v1.Control & zfsync.v1.Control.$Shape;
             *   (properties?: zfsync.v1.Control.$Properties): zfsync.v1.Control;
             * }}
             */
            Control.create = function(properties) {
                return new Control(properties);
            };

            /**
             * Encodes the specified Control message. Does not implicitly {@link zfsync.v1.Control.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.Control
             * @static
             * @param {zfsync.v1.Control.$Properties} message Control message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Control.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
                    $root.zfsync.v1.Hello.encode(message.hello, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.helloReply != null && $Object.hasOwnProperty.call(message, "helloReply"))
                    $root.zfsync.v1.HelloReply.encode(message.helloReply, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.offer != null && $Object.hasOwnProperty.call(message, "offer"))
                    $root.zfsync.v1.Offer.encode(message.offer, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.decisions != null && $Object.hasOwnProperty.call(message, "decisions"))
                    $root.zfsync.v1.Decisions.encode(message.decisions, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.beginStream != null && $Object.hasOwnProperty.call(message, "beginStream"))
                    $root.zfsync.v1.BeginStream.encode(message.beginStream, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.streamReady != null && $Object.hasOwnProperty.call(message, "streamReady"))
                    $root.zfsync.v1.StreamReady.encode(message.streamReady, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.streamRefused != null && $Object.hasOwnProperty.call(message, "streamRefused"))
                    $root.zfsync.v1.StreamRefused.encode(message.streamRefused, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.streamEnd != null && $Object.hasOwnProperty.call(message, "streamEnd"))
                    $root.zfsync.v1.StreamEnd.encode(message.streamEnd, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.streamFailed != null && $Object.hasOwnProperty.call(message, "streamFailed"))
                    $root.zfsync.v1.StreamFailed.encode(message.streamFailed, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.streamResult != null && $Object.hasOwnProperty.call(message, "streamResult"))
                    $root.zfsync.v1.StreamResult.encode(message.streamResult, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.cleanBuffer != null && $Object.hasOwnProperty.call(message, "cleanBuffer"))
                    $root.zfsync.v1.CleanBuffer.encode(message.cleanBuffer, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.cleanBufferReport != null && $Object.hasOwnProperty.call(message, "cleanBufferReport"))
                    $root.zfsync.v1.CleanBufferReport.encode(message.cleanBufferReport, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                if (message.heartbeat != null && $Object.hasOwnProperty.call(message, "heartbeat"))
                    $root.zfsync.v1.Heartbeat.encode(message.heartbeat, writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
                    $root.zfsync.v1.ErrorMessage.encode(message.error, writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                if (message.goodbye != null && $Object.hasOwnProperty.call(message, "goodbye"))
                    $root.zfsync.v1.Goodbye.encode(message.goodbye, writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
                if (message.replan != null && $Object.hasOwnProperty.call(message, "replan"))
                    $root.zfsync.v1.Replan.encode(message.replan, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
                if (message.pair != null && $Object.hasOwnProperty.call(message, "pair"))
                    $root.zfsync.v1.Pair.encode(message.pair, writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
                if (message.pairReply != null && $Object.hasOwnProperty.call(message, "pairReply"))
                    $root.zfsync.v1.PairReply.encode(message.pairReply, writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
                if (message.tidy != null && $Object.hasOwnProperty.call(message, "tidy"))
                    $root.zfsync.v1.Tidy.encode(message.tidy, writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
                if (message.tidyReport != null && $Object.hasOwnProperty.call(message, "tidyReport"))
                    $root.zfsync.v1.TidyReport.encode(message.tidyReport, writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Control message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.Control
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.Control & zfsync.v1.Control.$Shape} Control
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Control.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.Control();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.hello = $root.zfsync.v1.Hello.decode(reader, reader.size(), $undefined, _depth + 1, message.hello);
                            message.body = "hello";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.helloReply = $root.zfsync.v1.HelloReply.decode(reader, reader.size(), $undefined, _depth + 1, message.helloReply);
                            message.body = "helloReply";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.offer = $root.zfsync.v1.Offer.decode(reader, reader.size(), $undefined, _depth + 1, message.offer);
                            message.body = "offer";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.decisions = $root.zfsync.v1.Decisions.decode(reader, reader.size(), $undefined, _depth + 1, message.decisions);
                            message.body = "decisions";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.beginStream = $root.zfsync.v1.BeginStream.decode(reader, reader.size(), $undefined, _depth + 1, message.beginStream);
                            message.body = "beginStream";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.streamReady = $root.zfsync.v1.StreamReady.decode(reader, reader.size(), $undefined, _depth + 1, message.streamReady);
                            message.body = "streamReady";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.streamRefused = $root.zfsync.v1.StreamRefused.decode(reader, reader.size(), $undefined, _depth + 1, message.streamRefused);
                            message.body = "streamRefused";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.streamEnd = $root.zfsync.v1.StreamEnd.decode(reader, reader.size(), $undefined, _depth + 1, message.streamEnd);
                            message.body = "streamEnd";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.streamFailed = $root.zfsync.v1.StreamFailed.decode(reader, reader.size(), $undefined, _depth + 1, message.streamFailed);
                            message.body = "streamFailed";
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.streamResult = $root.zfsync.v1.StreamResult.decode(reader, reader.size(), $undefined, _depth + 1, message.streamResult);
                            message.body = "streamResult";
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            message.cleanBuffer = $root.zfsync.v1.CleanBuffer.decode(reader, reader.size(), $undefined, _depth + 1, message.cleanBuffer);
                            message.body = "cleanBuffer";
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            message.cleanBufferReport = $root.zfsync.v1.CleanBufferReport.decode(reader, reader.size(), $undefined, _depth + 1, message.cleanBufferReport);
                            message.body = "cleanBufferReport";
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            message.heartbeat = $root.zfsync.v1.Heartbeat.decode(reader, reader.size(), $undefined, _depth + 1, message.heartbeat);
                            message.body = "heartbeat";
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            message.error = $root.zfsync.v1.ErrorMessage.decode(reader, reader.size(), $undefined, _depth + 1, message.error);
                            message.body = "error";
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            message.goodbye = $root.zfsync.v1.Goodbye.decode(reader, reader.size(), $undefined, _depth + 1, message.goodbye);
                            message.body = "goodbye";
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            message.replan = $root.zfsync.v1.Replan.decode(reader, reader.size(), $undefined, _depth + 1, message.replan);
                            message.body = "replan";
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            message.pair = $root.zfsync.v1.Pair.decode(reader, reader.size(), $undefined, _depth + 1, message.pair);
                            message.body = "pair";
                            continue;
                        }
                    case 18: {
                            if (wireType !== 2)
                                break;
                            message.pairReply = $root.zfsync.v1.PairReply.decode(reader, reader.size(), $undefined, _depth + 1, message.pairReply);
                            message.body = "pairReply";
                            continue;
                        }
                    case 19: {
                            if (wireType !== 2)
                                break;
                            message.tidy = $root.zfsync.v1.Tidy.decode(reader, reader.size(), $undefined, _depth + 1, message.tidy);
                            message.body = "tidy";
                            continue;
                        }
                    case 20: {
                            if (wireType !== 2)
                                break;
                            message.tidyReport = $root.zfsync.v1.TidyReport.decode(reader, reader.size(), $undefined, _depth + 1, message.tidyReport);
                            message.body = "tidyReport";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Control message.
             * @function verify
             * @memberof zfsync.v1.Control
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Control.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                let properties = {};
                if (message.hello != null && $Object.hasOwnProperty.call(message, "hello")) {
                    properties.body = 1;
                    {
                        let error = $root.zfsync.v1.Hello.verify(message.hello, _depth + 1);
                        if (error)
                            return "hello." + error;
                    }
                }
                if (message.helloReply != null && $Object.hasOwnProperty.call(message, "helloReply")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.zfsync.v1.HelloReply.verify(message.helloReply, _depth + 1);
                        if (error)
                            return "helloReply." + error;
                    }
                }
                if (message.offer != null && $Object.hasOwnProperty.call(message, "offer")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.zfsync.v1.Offer.verify(message.offer, _depth + 1);
                        if (error)
                            return "offer." + error;
                    }
                }
                if (message.decisions != null && $Object.hasOwnProperty.call(message, "decisions")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.zfsync.v1.Decisions.verify(message.decisions, _depth + 1);
                        if (error)
                            return "decisions." + error;
                    }
                }
                if (message.beginStream != null && $Object.hasOwnProperty.call(message, "beginStream")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.zfsync.v1.BeginStream.verify(message.beginStream, _depth + 1);
                        if (error)
                            return "beginStream." + error;
                    }
                }
                if (message.streamReady != null && $Object.hasOwnProperty.call(message, "streamReady")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.zfsync.v1.StreamReady.verify(message.streamReady, _depth + 1);
                        if (error)
                            return "streamReady." + error;
                    }
                }
                if (message.streamRefused != null && $Object.hasOwnProperty.call(message, "streamRefused")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.zfsync.v1.StreamRefused.verify(message.streamRefused, _depth + 1);
                        if (error)
                            return "streamRefused." + error;
                    }
                }
                if (message.streamEnd != null && $Object.hasOwnProperty.call(message, "streamEnd")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.zfsync.v1.StreamEnd.verify(message.streamEnd, _depth + 1);
                        if (error)
                            return "streamEnd." + error;
                    }
                }
                if (message.streamFailed != null && $Object.hasOwnProperty.call(message, "streamFailed")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.zfsync.v1.StreamFailed.verify(message.streamFailed, _depth + 1);
                        if (error)
                            return "streamFailed." + error;
                    }
                }
                if (message.streamResult != null && $Object.hasOwnProperty.call(message, "streamResult")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.zfsync.v1.StreamResult.verify(message.streamResult, _depth + 1);
                        if (error)
                            return "streamResult." + error;
                    }
                }
                if (message.cleanBuffer != null && $Object.hasOwnProperty.call(message, "cleanBuffer")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.zfsync.v1.CleanBuffer.verify(message.cleanBuffer, _depth + 1);
                        if (error)
                            return "cleanBuffer." + error;
                    }
                }
                if (message.cleanBufferReport != null && $Object.hasOwnProperty.call(message, "cleanBufferReport")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.zfsync.v1.CleanBufferReport.verify(message.cleanBufferReport, _depth + 1);
                        if (error)
                            return "cleanBufferReport." + error;
                    }
                }
                if (message.heartbeat != null && $Object.hasOwnProperty.call(message, "heartbeat")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.zfsync.v1.Heartbeat.verify(message.heartbeat, _depth + 1);
                        if (error)
                            return "heartbeat." + error;
                    }
                }
                if (message.error != null && $Object.hasOwnProperty.call(message, "error")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.zfsync.v1.ErrorMessage.verify(message.error, _depth + 1);
                        if (error)
                            return "error." + error;
                    }
                }
                if (message.goodbye != null && $Object.hasOwnProperty.call(message, "goodbye")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.zfsync.v1.Goodbye.verify(message.goodbye, _depth + 1);
                        if (error)
                            return "goodbye." + error;
                    }
                }
                if (message.replan != null && $Object.hasOwnProperty.call(message, "replan")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.zfsync.v1.Replan.verify(message.replan, _depth + 1);
                        if (error)
                            return "replan." + error;
                    }
                }
                if (message.pair != null && $Object.hasOwnProperty.call(message, "pair")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.zfsync.v1.Pair.verify(message.pair, _depth + 1);
                        if (error)
                            return "pair." + error;
                    }
                }
                if (message.pairReply != null && $Object.hasOwnProperty.call(message, "pairReply")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.zfsync.v1.PairReply.verify(message.pairReply, _depth + 1);
                        if (error)
                            return "pairReply." + error;
                    }
                }
                if (message.tidy != null && $Object.hasOwnProperty.call(message, "tidy")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.zfsync.v1.Tidy.verify(message.tidy, _depth + 1);
                        if (error)
                            return "tidy." + error;
                    }
                }
                if (message.tidyReport != null && $Object.hasOwnProperty.call(message, "tidyReport")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.zfsync.v1.TidyReport.verify(message.tidyReport, _depth + 1);
                        if (error)
                            return "tidyReport." + error;
                    }
                }
                return null;
            };

            /**
             * Creates a Control message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.Control
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.Control} Control
             */
            Control.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.Control)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.Control: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.Control();
                if (object.hello != null) {
                    if (!$util.isObject(object.hello))
                        throw $TypeError(".zfsync.v1.Control.hello: object expected");
                    message.hello = $root.zfsync.v1.Hello.fromObject(object.hello, _depth + 1);
                }
                if (object.helloReply != null) {
                    if (!$util.isObject(object.helloReply))
                        throw $TypeError(".zfsync.v1.Control.helloReply: object expected");
                    message.helloReply = $root.zfsync.v1.HelloReply.fromObject(object.helloReply, _depth + 1);
                }
                if (object.offer != null) {
                    if (!$util.isObject(object.offer))
                        throw $TypeError(".zfsync.v1.Control.offer: object expected");
                    message.offer = $root.zfsync.v1.Offer.fromObject(object.offer, _depth + 1);
                }
                if (object.decisions != null) {
                    if (!$util.isObject(object.decisions))
                        throw $TypeError(".zfsync.v1.Control.decisions: object expected");
                    message.decisions = $root.zfsync.v1.Decisions.fromObject(object.decisions, _depth + 1);
                }
                if (object.beginStream != null) {
                    if (!$util.isObject(object.beginStream))
                        throw $TypeError(".zfsync.v1.Control.beginStream: object expected");
                    message.beginStream = $root.zfsync.v1.BeginStream.fromObject(object.beginStream, _depth + 1);
                }
                if (object.streamReady != null) {
                    if (!$util.isObject(object.streamReady))
                        throw $TypeError(".zfsync.v1.Control.streamReady: object expected");
                    message.streamReady = $root.zfsync.v1.StreamReady.fromObject(object.streamReady, _depth + 1);
                }
                if (object.streamRefused != null) {
                    if (!$util.isObject(object.streamRefused))
                        throw $TypeError(".zfsync.v1.Control.streamRefused: object expected");
                    message.streamRefused = $root.zfsync.v1.StreamRefused.fromObject(object.streamRefused, _depth + 1);
                }
                if (object.streamEnd != null) {
                    if (!$util.isObject(object.streamEnd))
                        throw $TypeError(".zfsync.v1.Control.streamEnd: object expected");
                    message.streamEnd = $root.zfsync.v1.StreamEnd.fromObject(object.streamEnd, _depth + 1);
                }
                if (object.streamFailed != null) {
                    if (!$util.isObject(object.streamFailed))
                        throw $TypeError(".zfsync.v1.Control.streamFailed: object expected");
                    message.streamFailed = $root.zfsync.v1.StreamFailed.fromObject(object.streamFailed, _depth + 1);
                }
                if (object.streamResult != null) {
                    if (!$util.isObject(object.streamResult))
                        throw $TypeError(".zfsync.v1.Control.streamResult: object expected");
                    message.streamResult = $root.zfsync.v1.StreamResult.fromObject(object.streamResult, _depth + 1);
                }
                if (object.cleanBuffer != null) {
                    if (!$util.isObject(object.cleanBuffer))
                        throw $TypeError(".zfsync.v1.Control.cleanBuffer: object expected");
                    message.cleanBuffer = $root.zfsync.v1.CleanBuffer.fromObject(object.cleanBuffer, _depth + 1);
                }
                if (object.cleanBufferReport != null) {
                    if (!$util.isObject(object.cleanBufferReport))
                        throw $TypeError(".zfsync.v1.Control.cleanBufferReport: object expected");
                    message.cleanBufferReport = $root.zfsync.v1.CleanBufferReport.fromObject(object.cleanBufferReport, _depth + 1);
                }
                if (object.heartbeat != null) {
                    if (!$util.isObject(object.heartbeat))
                        throw $TypeError(".zfsync.v1.Control.heartbeat: object expected");
                    message.heartbeat = $root.zfsync.v1.Heartbeat.fromObject(object.heartbeat, _depth + 1);
                }
                if (object.error != null) {
                    if (!$util.isObject(object.error))
                        throw $TypeError(".zfsync.v1.Control.error: object expected");
                    message.error = $root.zfsync.v1.ErrorMessage.fromObject(object.error, _depth + 1);
                }
                if (object.goodbye != null) {
                    if (!$util.isObject(object.goodbye))
                        throw $TypeError(".zfsync.v1.Control.goodbye: object expected");
                    message.goodbye = $root.zfsync.v1.Goodbye.fromObject(object.goodbye, _depth + 1);
                }
                if (object.replan != null) {
                    if (!$util.isObject(object.replan))
                        throw $TypeError(".zfsync.v1.Control.replan: object expected");
                    message.replan = $root.zfsync.v1.Replan.fromObject(object.replan, _depth + 1);
                }
                if (object.pair != null) {
                    if (!$util.isObject(object.pair))
                        throw $TypeError(".zfsync.v1.Control.pair: object expected");
                    message.pair = $root.zfsync.v1.Pair.fromObject(object.pair, _depth + 1);
                }
                if (object.pairReply != null) {
                    if (!$util.isObject(object.pairReply))
                        throw $TypeError(".zfsync.v1.Control.pairReply: object expected");
                    message.pairReply = $root.zfsync.v1.PairReply.fromObject(object.pairReply, _depth + 1);
                }
                if (object.tidy != null) {
                    if (!$util.isObject(object.tidy))
                        throw $TypeError(".zfsync.v1.Control.tidy: object expected");
                    message.tidy = $root.zfsync.v1.Tidy.fromObject(object.tidy, _depth + 1);
                }
                if (object.tidyReport != null) {
                    if (!$util.isObject(object.tidyReport))
                        throw $TypeError(".zfsync.v1.Control.tidyReport: object expected");
                    message.tidyReport = $root.zfsync.v1.TidyReport.fromObject(object.tidyReport, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a Control message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.Control
             * @static
             * @param {zfsync.v1.Control} message Control
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Control.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (message.hello != null && $Object.hasOwnProperty.call(message, "hello")) {
                    object.hello = $root.zfsync.v1.Hello.toObject(message.hello, options, _depth + 1);
                    if (options.oneofs)
                        object.body = "hello";
                }
                if (message.helloReply != null && $Object.hasOwnProperty.call(message, "helloReply")) {
                    object.helloReply = $root.zfsync.v1.HelloReply.toObject(message.helloReply, options, _depth + 1);
                    if (options.oneofs)
                        object.body = "helloReply";
                }
                if (message.offer != null && $Object.hasOwnProperty.call(message, "offer")) {
                    object.offer = $root.zfsync.v1.Offer.toObject(message.offer, options, _depth + 1);
                    if (options.oneofs)
                        object.body = "offer";
                }
                if (message.decisions != null && $Object.hasOwnProperty.call(message, "decisions")) {
                    object.decisions = $root.zfsync.v1.Decisions.toObject(message.decisions, options, _depth + 1);
                    if (options.oneofs)
                        object.body = "decisions";
                }
                if (message.beginStream != null && $Object.hasOwnProperty.call(message, "beginStream")) {
                    object.beginStream = $root.zfsync.v1.BeginStream.toObject(message.beginStream, options, _depth + 1);
                    if (options.oneofs)
                        object.body = "beginStream";
                }
                if (message.streamReady != null && $Object.hasOwnProperty.call(message, "streamReady")) {
                    object.streamReady = $root.zfsync.v1.StreamReady.toObject(message.streamReady, options, _depth + 1);
                    if (options.oneofs)
                        object.body = "streamReady";
                }
                if (message.streamRefused != null && $Object.hasOwnProperty.call(message, "streamRefused")) {
                    object.streamRefused = $root.zfsync.v1.StreamRefused.toObject(message.streamRefused, options, _depth + 1);
                    if (options.oneofs)
                        object.body = "streamRefused";
                }
                if (message.streamEnd != null && $Object.hasOwnProperty.call(message, "streamEnd")) {
                    object.streamEnd = $root.zfsync.v1.StreamEnd.toObject(message.streamEnd, options, _depth + 1);
                    if (options.oneofs)
                        object.body = "streamEnd";
                }
                if (message.streamFailed != null && $Object.hasOwnProperty.call(message, "streamFailed")) {
                    object.streamFailed = $root.zfsync.v1.StreamFailed.toObject(message.streamFailed, options, _depth + 1);
                    if (options.oneofs)
                        object.body = "streamFailed";
                }
                if (message.streamResult != null && $Object.hasOwnProperty.call(message, "streamResult")) {
                    object.streamResult = $root.zfsync.v1.StreamResult.toObject(message.streamResult, options, _depth + 1);
                    if (options.oneofs)
                        object.body = "streamResult";
                }
                if (message.cleanBuffer != null && $Object.hasOwnProperty.call(message, "cleanBuffer")) {
                    object.cleanBuffer = $root.zfsync.v1.CleanBuffer.toObject(message.cleanBuffer, options, _depth + 1);
                    if (options.oneofs)
                        object.body = "cleanBuffer";
                }
                if (message.cleanBufferReport != null && $Object.hasOwnProperty.call(message, "cleanBufferReport")) {
                    object.cleanBufferReport = $root.zfsync.v1.CleanBufferReport.toObject(message.cleanBufferReport, options, _depth + 1);
                    if (options.oneofs)
                        object.body = "cleanBufferReport";
                }
                if (message.heartbeat != null && $Object.hasOwnProperty.call(message, "heartbeat")) {
                    object.heartbeat = $root.zfsync.v1.Heartbeat.toObject(message.heartbeat, options, _depth + 1);
                    if (options.oneofs)
                        object.body = "heartbeat";
                }
                if (message.error != null && $Object.hasOwnProperty.call(message, "error")) {
                    object.error = $root.zfsync.v1.ErrorMessage.toObject(message.error, options, _depth + 1);
                    if (options.oneofs)
                        object.body = "error";
                }
                if (message.goodbye != null && $Object.hasOwnProperty.call(message, "goodbye")) {
                    object.goodbye = $root.zfsync.v1.Goodbye.toObject(message.goodbye, options, _depth + 1);
                    if (options.oneofs)
                        object.body = "goodbye";
                }
                if (message.replan != null && $Object.hasOwnProperty.call(message, "replan")) {
                    object.replan = $root.zfsync.v1.Replan.toObject(message.replan, options, _depth + 1);
                    if (options.oneofs)
                        object.body = "replan";
                }
                if (message.pair != null && $Object.hasOwnProperty.call(message, "pair")) {
                    object.pair = $root.zfsync.v1.Pair.toObject(message.pair, options, _depth + 1);
                    if (options.oneofs)
                        object.body = "pair";
                }
                if (message.pairReply != null && $Object.hasOwnProperty.call(message, "pairReply")) {
                    object.pairReply = $root.zfsync.v1.PairReply.toObject(message.pairReply, options, _depth + 1);
                    if (options.oneofs)
                        object.body = "pairReply";
                }
                if (message.tidy != null && $Object.hasOwnProperty.call(message, "tidy")) {
                    object.tidy = $root.zfsync.v1.Tidy.toObject(message.tidy, options, _depth + 1);
                    if (options.oneofs)
                        object.body = "tidy";
                }
                if (message.tidyReport != null && $Object.hasOwnProperty.call(message, "tidyReport")) {
                    object.tidyReport = $root.zfsync.v1.TidyReport.toObject(message.tidyReport, options, _depth + 1);
                    if (options.oneofs)
                        object.body = "tidyReport";
                }
                return object;
            };

            /**
             * Converts this Control to JSON.
             * @function toJSON
             * @memberof zfsync.v1.Control
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Control.prototype.toJSON = function() {
                return Control.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Control;
        })();

        v1.Heartbeat = (function() {

            /**
             * Properties of a Heartbeat.
             * @typedef {Object} zfsync.v1.Heartbeat.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Heartbeat.
             * @memberof zfsync.v1
             * @interface IHeartbeat
             * @augments zfsync.v1.Heartbeat.$Properties
             * @deprecated Use zfsync.v1.Heartbeat.$Properties instead.
             */

            /**
             * Shape of a Heartbeat.
             * @typedef {zfsync.v1.Heartbeat.$Properties} zfsync.v1.Heartbeat.$Shape
             */

            /**
             * Constructs a new Heartbeat.
             * @memberof zfsync.v1
             * @classdesc Represents a Heartbeat.
             * @constructor
             * @param {zfsync.v1.Heartbeat.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Heartbeat = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new Heartbeat instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.Heartbeat
             * @static
             * @param {zfsync.v1.Heartbeat.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.Heartbeat} Heartbeat instance
             * @type {{
             *   (properties: zfsync.v1.Heartbeat.$Shape): zfsync.v1.Heartbeat & zfsync.v1.Heartbeat.$Shape;
             *   (properties?: zfsync.v1.Heartbeat.$Properties): zfsync.v1.Heartbeat;
             * }}
             */
            Heartbeat.create = function(properties) {
                return new Heartbeat(properties);
            };

            /**
             * Encodes the specified Heartbeat message. Does not implicitly {@link zfsync.v1.Heartbeat.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.Heartbeat
             * @static
             * @param {zfsync.v1.Heartbeat.$Properties} message Heartbeat message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Heartbeat.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Heartbeat message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.Heartbeat
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.Heartbeat & zfsync.v1.Heartbeat.$Shape} Heartbeat
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Heartbeat.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.Heartbeat();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Heartbeat message.
             * @function verify
             * @memberof zfsync.v1.Heartbeat
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Heartbeat.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                return null;
            };

            /**
             * Creates a Heartbeat message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.Heartbeat
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.Heartbeat} Heartbeat
             */
            Heartbeat.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.Heartbeat)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.Heartbeat: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                return new $root.zfsync.v1.Heartbeat();
            };

            /**
             * Creates a plain object from a Heartbeat message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.Heartbeat
             * @static
             * @param {zfsync.v1.Heartbeat} message Heartbeat
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Heartbeat.toObject = function () {
                return {};
            };

            /**
             * Converts this Heartbeat to JSON.
             * @function toJSON
             * @memberof zfsync.v1.Heartbeat
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Heartbeat.prototype.toJSON = function() {
                return Heartbeat.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Heartbeat;
        })();

        v1.Goodbye = (function() {

            /**
             * Properties of a Goodbye.
             * @typedef {Object} zfsync.v1.Goodbye.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Goodbye.
             * @memberof zfsync.v1
             * @interface IGoodbye
             * @augments zfsync.v1.Goodbye.$Properties
             * @deprecated Use zfsync.v1.Goodbye.$Properties instead.
             */

            /**
             * Shape of a Goodbye.
             * @typedef {zfsync.v1.Goodbye.$Properties} zfsync.v1.Goodbye.$Shape
             */

            /**
             * Constructs a new Goodbye.
             * @memberof zfsync.v1
             * @classdesc Represents a Goodbye.
             * @constructor
             * @param {zfsync.v1.Goodbye.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Goodbye = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new Goodbye instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.Goodbye
             * @static
             * @param {zfsync.v1.Goodbye.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.Goodbye} Goodbye instance
             * @type {{
             *   (properties: zfsync.v1.Goodbye.$Shape): zfsync.v1.Goodbye & zfsync.v1.Goodbye.$Shape;
             *   (properties?: zfsync.v1.Goodbye.$Properties): zfsync.v1.Goodbye;
             * }}
             */
            Goodbye.create = function(properties) {
                return new Goodbye(properties);
            };

            /**
             * Encodes the specified Goodbye message. Does not implicitly {@link zfsync.v1.Goodbye.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.Goodbye
             * @static
             * @param {zfsync.v1.Goodbye.$Properties} message Goodbye message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Goodbye.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Goodbye message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.Goodbye
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.Goodbye & zfsync.v1.Goodbye.$Shape} Goodbye
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Goodbye.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.Goodbye();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Goodbye message.
             * @function verify
             * @memberof zfsync.v1.Goodbye
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Goodbye.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                return null;
            };

            /**
             * Creates a Goodbye message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.Goodbye
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.Goodbye} Goodbye
             */
            Goodbye.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.Goodbye)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.Goodbye: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                return new $root.zfsync.v1.Goodbye();
            };

            /**
             * Creates a plain object from a Goodbye message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.Goodbye
             * @static
             * @param {zfsync.v1.Goodbye} message Goodbye
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Goodbye.toObject = function () {
                return {};
            };

            /**
             * Converts this Goodbye to JSON.
             * @function toJSON
             * @memberof zfsync.v1.Goodbye
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Goodbye.prototype.toJSON = function() {
                return Goodbye.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Goodbye;
        })();

        /**
         * Retry enum.
         * @name zfsync.v1.Retry
         * @enum {number}
         * @property {number} RETRY_UNSPECIFIED=0 RETRY_UNSPECIFIED value
         * @property {number} RETRY_NEVER=1 RETRY_NEVER value
         * @property {number} RETRY_RECONNECT=2 RETRY_RECONNECT value
         * @property {number} RETRY_BACKOFF=3 RETRY_BACKOFF value
         * @property {number} RETRY_REPLAN=4 RETRY_REPLAN value
         * @property {number} RETRY_OPERATOR=5 RETRY_OPERATOR value
         */
        v1.Retry = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "RETRY_UNSPECIFIED"] = 0;
            values[valuesById[1] = "RETRY_NEVER"] = 1;
            values[valuesById[2] = "RETRY_RECONNECT"] = 2;
            values[valuesById[3] = "RETRY_BACKOFF"] = 3;
            values[valuesById[4] = "RETRY_REPLAN"] = 4;
            values[valuesById[5] = "RETRY_OPERATOR"] = 5;
            return values;
        })();

        v1.Failure = (function() {

            /**
             * Properties of a Failure.
             * @typedef {Object} zfsync.v1.Failure.$Properties
             * @property {string} [code] Failure code
             * @property {zfsync.v1.Retry} [retry] Failure retry
             * @property {string} [message] Failure message
             * @property {string} [detail] Failure detail
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Failure.
             * @memberof zfsync.v1
             * @interface IFailure
             * @augments zfsync.v1.Failure.$Properties
             * @deprecated Use zfsync.v1.Failure.$Properties instead.
             */

            /**
             * Shape of a Failure.
             * @typedef {zfsync.v1.Failure.$Properties} zfsync.v1.Failure.$Shape
             */

            /**
             * Constructs a new Failure.
             * @memberof zfsync.v1
             * @classdesc Represents a Failure.
             * @constructor
             * @param {zfsync.v1.Failure.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Failure = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Failure code.
             * @member {string} code
             * @memberof zfsync.v1.Failure
             * @instance
             */
            Failure.prototype.code = "";

            /**
             * Failure retry.
             * @member {zfsync.v1.Retry} retry
             * @memberof zfsync.v1.Failure
             * @instance
             */
            Failure.prototype.retry = 0;

            /**
             * Failure message.
             * @member {string} message
             * @memberof zfsync.v1.Failure
             * @instance
             */
            Failure.prototype.message = "";

            /**
             * Failure detail.
             * @member {string} detail
             * @memberof zfsync.v1.Failure
             * @instance
             */
            Failure.prototype.detail = "";

            /**
             * Creates a new Failure instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.Failure
             * @static
             * @param {zfsync.v1.Failure.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.Failure} Failure instance
             * @type {{
             *   (properties: zfsync.v1.Failure.$Shape): zfsync.v1.Failure & zfsync.v1.Failure.$Shape;
             *   (properties?: zfsync.v1.Failure.$Properties): zfsync.v1.Failure;
             * }}
             */
            Failure.create = function(properties) {
                return new Failure(properties);
            };

            /**
             * Encodes the specified Failure message. Does not implicitly {@link zfsync.v1.Failure.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.Failure
             * @static
             * @param {zfsync.v1.Failure.$Properties} message Failure message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Failure.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.code);
                if (message.retry != null && $Object.hasOwnProperty.call(message, "retry") && message.retry !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.retry);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.message);
                if (message.detail != null && $Object.hasOwnProperty.call(message, "detail") && message.detail !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.detail);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Failure message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.Failure
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.Failure & zfsync.v1.Failure.$Shape} Failure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Failure.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.Failure();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.retry = value;
                            else
                                delete message.retry;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.detail = value;
                            else
                                delete message.detail;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Failure message.
             * @function verify
             * @memberof zfsync.v1.Failure
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Failure.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.code != null && $Object.hasOwnProperty.call(message, "code"))
                    if (!$util.isString(message.code))
                        return "code: string expected";
                if (message.retry != null && $Object.hasOwnProperty.call(message, "retry"))
                    if (typeof message.retry !== "number" || (message.retry | 0) !== message.retry)
                        return "retry: enum value expected";
                if (message.message != null && $Object.hasOwnProperty.call(message, "message"))
                    if (!$util.isString(message.message))
                        return "message: string expected";
                if (message.detail != null && $Object.hasOwnProperty.call(message, "detail"))
                    if (!$util.isString(message.detail))
                        return "detail: string expected";
                return null;
            };

            /**
             * Creates a Failure message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.Failure
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.Failure} Failure
             */
            Failure.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.Failure)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.Failure: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.Failure();
                if (object.code != null)
                    if (typeof object.code !== "string" || object.code.length)
                        message.code = $String(object.code);
                if (object.retry !== 0 && (typeof object.retry !== "string" || $root.zfsync.v1.Retry[object.retry] !== 0))
                    switch (object.retry) {
                    case "RETRY_UNSPECIFIED":
                    case 0:
                        message.retry = 0;
                        break;
                    case "RETRY_NEVER":
                    case 1:
                        message.retry = 1;
                        break;
                    case "RETRY_RECONNECT":
                    case 2:
                        message.retry = 2;
                        break;
                    case "RETRY_BACKOFF":
                    case 3:
                        message.retry = 3;
                        break;
                    case "RETRY_REPLAN":
                    case 4:
                        message.retry = 4;
                        break;
                    case "RETRY_OPERATOR":
                    case 5:
                        message.retry = 5;
                        break;
                    default:
                        if (typeof object.retry === "number" && (object.retry | 0) === object.retry)
                            message.retry = object.retry;
                    }
                if (object.message != null)
                    if (typeof object.message !== "string" || object.message.length)
                        message.message = $String(object.message);
                if (object.detail != null)
                    if (typeof object.detail !== "string" || object.detail.length)
                        message.detail = $String(object.detail);
                return message;
            };

            /**
             * Creates a plain object from a Failure message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.Failure
             * @static
             * @param {zfsync.v1.Failure} message Failure
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Failure.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.code = "";
                    object.retry = options.enums === $String ? "RETRY_UNSPECIFIED" : 0;
                    object.message = "";
                    object.detail = "";
                }
                if (message.code != null && $Object.hasOwnProperty.call(message, "code"))
                    object.code = message.code;
                if (message.retry != null && $Object.hasOwnProperty.call(message, "retry"))
                    object.retry = options.enums === $String ? $root.zfsync.v1.Retry[message.retry] === $undefined ? message.retry : $root.zfsync.v1.Retry[message.retry] : message.retry;
                if (message.message != null && $Object.hasOwnProperty.call(message, "message"))
                    object.message = message.message;
                if (message.detail != null && $Object.hasOwnProperty.call(message, "detail"))
                    object.detail = message.detail;
                return object;
            };

            /**
             * Converts this Failure to JSON.
             * @function toJSON
             * @memberof zfsync.v1.Failure
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Failure.prototype.toJSON = function() {
                return Failure.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Failure;
        })();

        v1.ErrorMessage = (function() {

            /**
             * Properties of an ErrorMessage.
             * @typedef {Object} zfsync.v1.ErrorMessage.$Properties
             * @property {zfsync.v1.Failure.$Properties} [failure] ErrorMessage failure
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ErrorMessage.
             * @memberof zfsync.v1
             * @interface IErrorMessage
             * @augments zfsync.v1.ErrorMessage.$Properties
             * @deprecated Use zfsync.v1.ErrorMessage.$Properties instead.
             */

            /**
             * Shape of an ErrorMessage.
             * @typedef {zfsync.v1.ErrorMessage.$Properties} zfsync.v1.ErrorMessage.$Shape
             */

            /**
             * Constructs a new ErrorMessage.
             * @memberof zfsync.v1
             * @classdesc Represents an ErrorMessage.
             * @constructor
             * @param {zfsync.v1.ErrorMessage.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ErrorMessage = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ErrorMessage failure.
             * @member {zfsync.v1.Failure} failure
             * @memberof zfsync.v1.ErrorMessage
             * @instance
             */
            ErrorMessage.prototype.failure = null;

            /**
             * Creates a new ErrorMessage instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.ErrorMessage
             * @static
             * @param {zfsync.v1.ErrorMessage.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.ErrorMessage} ErrorMessage instance
             * @type {{
             *   (properties: zfsync.v1.ErrorMessage.$Shape): zfsync.v1.ErrorMessage & zfsync.v1.ErrorMessage.$Shape;
             *   (properties?: zfsync.v1.ErrorMessage.$Properties): zfsync.v1.ErrorMessage;
             * }}
             */
            ErrorMessage.create = function(properties) {
                return new ErrorMessage(properties);
            };

            /**
             * Encodes the specified ErrorMessage message. Does not implicitly {@link zfsync.v1.ErrorMessage.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.ErrorMessage
             * @static
             * @param {zfsync.v1.ErrorMessage.$Properties} message ErrorMessage message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ErrorMessage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    $root.zfsync.v1.Failure.encode(message.failure, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ErrorMessage message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.ErrorMessage
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.ErrorMessage & zfsync.v1.ErrorMessage.$Shape} ErrorMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ErrorMessage.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.ErrorMessage();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.failure = $root.zfsync.v1.Failure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies an ErrorMessage message.
             * @function verify
             * @memberof zfsync.v1.ErrorMessage
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            ErrorMessage.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure")) {
                    let error = $root.zfsync.v1.Failure.verify(message.failure, _depth + 1);
                    if (error)
                        return "failure." + error;
                }
                return null;
            };

            /**
             * Creates an ErrorMessage message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.ErrorMessage
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.ErrorMessage} ErrorMessage
             */
            ErrorMessage.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.ErrorMessage)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.ErrorMessage: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.ErrorMessage();
                if (object.failure != null) {
                    if (!$util.isObject(object.failure))
                        throw $TypeError(".zfsync.v1.ErrorMessage.failure: object expected");
                    message.failure = $root.zfsync.v1.Failure.fromObject(object.failure, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from an ErrorMessage message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.ErrorMessage
             * @static
             * @param {zfsync.v1.ErrorMessage} message ErrorMessage
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            ErrorMessage.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.failure = null;
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    object.failure = $root.zfsync.v1.Failure.toObject(message.failure, options, _depth + 1);
                return object;
            };

            /**
             * Converts this ErrorMessage to JSON.
             * @function toJSON
             * @memberof zfsync.v1.ErrorMessage
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            ErrorMessage.prototype.toJSON = function() {
                return ErrorMessage.toObject(this, $protobuf.util.toJSONOptions);
            };

            return ErrorMessage;
        })();

        v1.Hello = (function() {

            /**
             * Properties of a Hello.
             * @typedef {Object} zfsync.v1.Hello.$Properties
             * @property {number} [protocolMin] Hello protocolMin
             * @property {number} [protocolMax] Hello protocolMax
             * @property {Array.<string>} [features] Hello features
             * @property {Uint8Array} [sessionId] Hello sessionId
             * @property {string} [runId] Hello runId
             * @property {string} [agent] Hello agent
             * @property {string} [sourceRoot] Hello sourceRoot
             * @property {string} [asPath] Hello asPath
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Hello.
             * @memberof zfsync.v1
             * @interface IHello
             * @augments zfsync.v1.Hello.$Properties
             * @deprecated Use zfsync.v1.Hello.$Properties instead.
             */

            /**
             * Shape of a Hello.
             * @typedef {zfsync.v1.Hello.$Properties} zfsync.v1.Hello.$Shape
             */

            /**
             * Constructs a new Hello.
             * @memberof zfsync.v1
             * @classdesc Represents a Hello.
             * @constructor
             * @param {zfsync.v1.Hello.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Hello = function (properties) {
                this.features = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Hello protocolMin.
             * @member {number} protocolMin
             * @memberof zfsync.v1.Hello
             * @instance
             */
            Hello.prototype.protocolMin = 0;

            /**
             * Hello protocolMax.
             * @member {number} protocolMax
             * @memberof zfsync.v1.Hello
             * @instance
             */
            Hello.prototype.protocolMax = 0;

            /**
             * Hello features.
             * @member {Array.<string>} features
             * @memberof zfsync.v1.Hello
             * @instance
             */
            Hello.prototype.features = $util.emptyArray;

            /**
             * Hello sessionId.
             * @member {Uint8Array} sessionId
             * @memberof zfsync.v1.Hello
             * @instance
             */
            Hello.prototype.sessionId = $util.newBuffer([]);

            /**
             * Hello runId.
             * @member {string} runId
             * @memberof zfsync.v1.Hello
             * @instance
             */
            Hello.prototype.runId = "";

            /**
             * Hello agent.
             * @member {string} agent
             * @memberof zfsync.v1.Hello
             * @instance
             */
            Hello.prototype.agent = "";

            /**
             * Hello sourceRoot.
             * @member {string} sourceRoot
             * @memberof zfsync.v1.Hello
             * @instance
             */
            Hello.prototype.sourceRoot = "";

            /**
             * Hello asPath.
             * @member {string} asPath
             * @memberof zfsync.v1.Hello
             * @instance
             */
            Hello.prototype.asPath = "";

            /**
             * Creates a new Hello instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.Hello
             * @static
             * @param {zfsync.v1.Hello.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.Hello} Hello instance
             * @type {{
             *   (properties: zfsync.v1.Hello.$Shape): zfsync.v1.Hello & zfsync.v1.Hello.$Shape;
             *   (properties?: zfsync.v1.Hello.$Properties): zfsync.v1.Hello;
             * }}
             */
            Hello.create = function(properties) {
                return new Hello(properties);
            };

            /**
             * Encodes the specified Hello message. Does not implicitly {@link zfsync.v1.Hello.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.Hello
             * @static
             * @param {zfsync.v1.Hello.$Properties} message Hello message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Hello.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.protocolMin != null && $Object.hasOwnProperty.call(message, "protocolMin") && message.protocolMin !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.protocolMin);
                if (message.protocolMax != null && $Object.hasOwnProperty.call(message, "protocolMax") && message.protocolMax !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.protocolMax);
                if (message.features != null && message.features.length)
                    for (let i = 0; i < message.features.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.features[i]);
                if (message.sessionId != null && $Object.hasOwnProperty.call(message, "sessionId") && message.sessionId.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.sessionId);
                if (message.runId != null && $Object.hasOwnProperty.call(message, "runId") && message.runId !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.runId);
                if (message.agent != null && $Object.hasOwnProperty.call(message, "agent") && message.agent !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.agent);
                if (message.sourceRoot != null && $Object.hasOwnProperty.call(message, "sourceRoot") && message.sourceRoot !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.sourceRoot);
                if (message.asPath != null && $Object.hasOwnProperty.call(message, "asPath") && message.asPath !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.asPath);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.Hello
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.Hello & zfsync.v1.Hello.$Shape} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Hello.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.Hello();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.protocolMin = value;
                            else
                                delete message.protocolMin;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.protocolMax = value;
                            else
                                delete message.protocolMax;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.features && message.features.length))
                                message.features = [];
                            message.features.push(reader.stringVerify());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sessionId = value;
                            else
                                delete message.sessionId;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.runId = value;
                            else
                                delete message.runId;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.agent = value;
                            else
                                delete message.agent;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.sourceRoot = value;
                            else
                                delete message.sourceRoot;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.asPath = value;
                            else
                                delete message.asPath;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Hello message.
             * @function verify
             * @memberof zfsync.v1.Hello
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Hello.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.protocolMin != null && $Object.hasOwnProperty.call(message, "protocolMin"))
                    if (!$util.isInteger(message.protocolMin))
                        return "protocolMin: integer expected";
                if (message.protocolMax != null && $Object.hasOwnProperty.call(message, "protocolMax"))
                    if (!$util.isInteger(message.protocolMax))
                        return "protocolMax: integer expected";
                if (message.features != null && $Object.hasOwnProperty.call(message, "features")) {
                    if (!$Array.isArray(message.features))
                        return "features: array expected";
                    for (let i = 0; i < message.features.length; ++i)
                        if (!$util.isString(message.features[i]))
                            return "features: string[] expected";
                }
                if (message.sessionId != null && $Object.hasOwnProperty.call(message, "sessionId"))
                    if (!(message.sessionId && typeof message.sessionId.length === "number" || $util.isString(message.sessionId)))
                        return "sessionId: buffer expected";
                if (message.runId != null && $Object.hasOwnProperty.call(message, "runId"))
                    if (!$util.isString(message.runId))
                        return "runId: string expected";
                if (message.agent != null && $Object.hasOwnProperty.call(message, "agent"))
                    if (!$util.isString(message.agent))
                        return "agent: string expected";
                if (message.sourceRoot != null && $Object.hasOwnProperty.call(message, "sourceRoot"))
                    if (!$util.isString(message.sourceRoot))
                        return "sourceRoot: string expected";
                if (message.asPath != null && $Object.hasOwnProperty.call(message, "asPath"))
                    if (!$util.isString(message.asPath))
                        return "asPath: string expected";
                return null;
            };

            /**
             * Creates a Hello message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.Hello
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.Hello} Hello
             */
            Hello.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.Hello)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.Hello: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.Hello();
                if (object.protocolMin != null)
                    if ($Number(object.protocolMin) !== 0)
                        message.protocolMin = object.protocolMin >>> 0;
                if (object.protocolMax != null)
                    if ($Number(object.protocolMax) !== 0)
                        message.protocolMax = object.protocolMax >>> 0;
                if (object.features) {
                    if (!$Array.isArray(object.features))
                        throw $TypeError(".zfsync.v1.Hello.features: array expected");
                    message.features = $Array(object.features.length);
                    for (let i = 0; i < object.features.length; ++i)
                        message.features[i] = $String(object.features[i]);
                }
                if (object.sessionId != null)
                    if (object.sessionId.length)
                        if (typeof object.sessionId === "string")
                            $util.base64.decode(object.sessionId, message.sessionId = $util.newBuffer($util.base64.length(object.sessionId)), 0);
                        else if (object.sessionId.length >= 0)
                            message.sessionId = object.sessionId;
                if (object.runId != null)
                    if (typeof object.runId !== "string" || object.runId.length)
                        message.runId = $String(object.runId);
                if (object.agent != null)
                    if (typeof object.agent !== "string" || object.agent.length)
                        message.agent = $String(object.agent);
                if (object.sourceRoot != null)
                    if (typeof object.sourceRoot !== "string" || object.sourceRoot.length)
                        message.sourceRoot = $String(object.sourceRoot);
                if (object.asPath != null)
                    if (typeof object.asPath !== "string" || object.asPath.length)
                        message.asPath = $String(object.asPath);
                return message;
            };

            /**
             * Creates a plain object from a Hello message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.Hello
             * @static
             * @param {zfsync.v1.Hello} message Hello
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Hello.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.features = [];
                if (options.defaults) {
                    object.protocolMin = 0;
                    object.protocolMax = 0;
                    if (options.bytes === $String)
                        object.sessionId = "";
                    else {
                        object.sessionId = [];
                        if (options.bytes !== $Array)
                            object.sessionId = $util.newBuffer(object.sessionId);
                    }
                    object.runId = "";
                    object.agent = "";
                    object.sourceRoot = "";
                    object.asPath = "";
                }
                if (message.protocolMin != null && $Object.hasOwnProperty.call(message, "protocolMin"))
                    object.protocolMin = message.protocolMin;
                if (message.protocolMax != null && $Object.hasOwnProperty.call(message, "protocolMax"))
                    object.protocolMax = message.protocolMax;
                if (message.features && message.features.length) {
                    object.features = $Array(message.features.length);
                    for (let j = 0; j < message.features.length; ++j)
                        object.features[j] = message.features[j];
                }
                if (message.sessionId != null && $Object.hasOwnProperty.call(message, "sessionId"))
                    object.sessionId = options.bytes === $String ? $util.base64.encode(message.sessionId, 0, message.sessionId.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.sessionId) : message.sessionId;
                if (message.runId != null && $Object.hasOwnProperty.call(message, "runId"))
                    object.runId = message.runId;
                if (message.agent != null && $Object.hasOwnProperty.call(message, "agent"))
                    object.agent = message.agent;
                if (message.sourceRoot != null && $Object.hasOwnProperty.call(message, "sourceRoot"))
                    object.sourceRoot = message.sourceRoot;
                if (message.asPath != null && $Object.hasOwnProperty.call(message, "asPath"))
                    object.asPath = message.asPath;
                return object;
            };

            /**
             * Converts this Hello to JSON.
             * @function toJSON
             * @memberof zfsync.v1.Hello
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Hello.prototype.toJSON = function() {
                return Hello.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Hello;
        })();

        v1.HelloReply = (function() {

            /**
             * Properties of a HelloReply.
             * @typedef {Object} zfsync.v1.HelloReply.$Properties
             * @property {number} [protocolVersion] HelloReply protocolVersion
             * @property {Array.<string>} [features] HelloReply features
             * @property {string} [agent] HelloReply agent
             * @property {string} [target] HelloReply target
             * @property {number} [streamsMax] HelloReply streamsMax
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HelloReply.
             * @memberof zfsync.v1
             * @interface IHelloReply
             * @augments zfsync.v1.HelloReply.$Properties
             * @deprecated Use zfsync.v1.HelloReply.$Properties instead.
             */

            /**
             * Shape of a HelloReply.
             * @typedef {zfsync.v1.HelloReply.$Properties} zfsync.v1.HelloReply.$Shape
             */

            /**
             * Constructs a new HelloReply.
             * @memberof zfsync.v1
             * @classdesc Represents a HelloReply.
             * @constructor
             * @param {zfsync.v1.HelloReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HelloReply = function (properties) {
                this.features = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HelloReply protocolVersion.
             * @member {number} protocolVersion
             * @memberof zfsync.v1.HelloReply
             * @instance
             */
            HelloReply.prototype.protocolVersion = 0;

            /**
             * HelloReply features.
             * @member {Array.<string>} features
             * @memberof zfsync.v1.HelloReply
             * @instance
             */
            HelloReply.prototype.features = $util.emptyArray;

            /**
             * HelloReply agent.
             * @member {string} agent
             * @memberof zfsync.v1.HelloReply
             * @instance
             */
            HelloReply.prototype.agent = "";

            /**
             * HelloReply target.
             * @member {string} target
             * @memberof zfsync.v1.HelloReply
             * @instance
             */
            HelloReply.prototype.target = "";

            /**
             * HelloReply streamsMax.
             * @member {number} streamsMax
             * @memberof zfsync.v1.HelloReply
             * @instance
             */
            HelloReply.prototype.streamsMax = 0;

            /**
             * Creates a new HelloReply instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.HelloReply
             * @static
             * @param {zfsync.v1.HelloReply.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.HelloReply} HelloReply instance
             * @type {{
             *   (properties: zfsync.v1.HelloReply.$Shape): zfsync.v1.HelloReply & zfsync.v1.HelloReply.$Shape;
             *   (properties?: zfsync.v1.HelloReply.$Properties): zfsync.v1.HelloReply;
             * }}
             */
            HelloReply.create = function(properties) {
                return new HelloReply(properties);
            };

            /**
             * Encodes the specified HelloReply message. Does not implicitly {@link zfsync.v1.HelloReply.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.HelloReply
             * @static
             * @param {zfsync.v1.HelloReply.$Properties} message HelloReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HelloReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.protocolVersion != null && $Object.hasOwnProperty.call(message, "protocolVersion") && message.protocolVersion !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.protocolVersion);
                if (message.features != null && message.features.length)
                    for (let i = 0; i < message.features.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.features[i]);
                if (message.agent != null && $Object.hasOwnProperty.call(message, "agent") && message.agent !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.agent);
                if (message.target != null && $Object.hasOwnProperty.call(message, "target") && message.target !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.target);
                if (message.streamsMax != null && $Object.hasOwnProperty.call(message, "streamsMax") && message.streamsMax !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.streamsMax);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HelloReply message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.HelloReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.HelloReply & zfsync.v1.HelloReply.$Shape} HelloReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HelloReply.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.HelloReply();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.protocolVersion = value;
                            else
                                delete message.protocolVersion;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.features && message.features.length))
                                message.features = [];
                            message.features.push(reader.stringVerify());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.agent = value;
                            else
                                delete message.agent;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.target = value;
                            else
                                delete message.target;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.streamsMax = value;
                            else
                                delete message.streamsMax;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a HelloReply message.
             * @function verify
             * @memberof zfsync.v1.HelloReply
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            HelloReply.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.protocolVersion != null && $Object.hasOwnProperty.call(message, "protocolVersion"))
                    if (!$util.isInteger(message.protocolVersion))
                        return "protocolVersion: integer expected";
                if (message.features != null && $Object.hasOwnProperty.call(message, "features")) {
                    if (!$Array.isArray(message.features))
                        return "features: array expected";
                    for (let i = 0; i < message.features.length; ++i)
                        if (!$util.isString(message.features[i]))
                            return "features: string[] expected";
                }
                if (message.agent != null && $Object.hasOwnProperty.call(message, "agent"))
                    if (!$util.isString(message.agent))
                        return "agent: string expected";
                if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                    if (!$util.isString(message.target))
                        return "target: string expected";
                if (message.streamsMax != null && $Object.hasOwnProperty.call(message, "streamsMax"))
                    if (!$util.isInteger(message.streamsMax))
                        return "streamsMax: integer expected";
                return null;
            };

            /**
             * Creates a HelloReply message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.HelloReply
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.HelloReply} HelloReply
             */
            HelloReply.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.HelloReply)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.HelloReply: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.HelloReply();
                if (object.protocolVersion != null)
                    if ($Number(object.protocolVersion) !== 0)
                        message.protocolVersion = object.protocolVersion >>> 0;
                if (object.features) {
                    if (!$Array.isArray(object.features))
                        throw $TypeError(".zfsync.v1.HelloReply.features: array expected");
                    message.features = $Array(object.features.length);
                    for (let i = 0; i < object.features.length; ++i)
                        message.features[i] = $String(object.features[i]);
                }
                if (object.agent != null)
                    if (typeof object.agent !== "string" || object.agent.length)
                        message.agent = $String(object.agent);
                if (object.target != null)
                    if (typeof object.target !== "string" || object.target.length)
                        message.target = $String(object.target);
                if (object.streamsMax != null)
                    if ($Number(object.streamsMax) !== 0)
                        message.streamsMax = object.streamsMax >>> 0;
                return message;
            };

            /**
             * Creates a plain object from a HelloReply message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.HelloReply
             * @static
             * @param {zfsync.v1.HelloReply} message HelloReply
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            HelloReply.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.features = [];
                if (options.defaults) {
                    object.protocolVersion = 0;
                    object.agent = "";
                    object.target = "";
                    object.streamsMax = 0;
                }
                if (message.protocolVersion != null && $Object.hasOwnProperty.call(message, "protocolVersion"))
                    object.protocolVersion = message.protocolVersion;
                if (message.features && message.features.length) {
                    object.features = $Array(message.features.length);
                    for (let j = 0; j < message.features.length; ++j)
                        object.features[j] = message.features[j];
                }
                if (message.agent != null && $Object.hasOwnProperty.call(message, "agent"))
                    object.agent = message.agent;
                if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                    object.target = message.target;
                if (message.streamsMax != null && $Object.hasOwnProperty.call(message, "streamsMax"))
                    object.streamsMax = message.streamsMax;
                return object;
            };

            /**
             * Converts this HelloReply to JSON.
             * @function toJSON
             * @memberof zfsync.v1.HelloReply
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            HelloReply.prototype.toJSON = function() {
                return HelloReply.toObject(this, $protobuf.util.toJSONOptions);
            };

            return HelloReply;
        })();

        v1.Pair = (function() {

            /**
             * Properties of a Pair.
             * @typedef {Object} zfsync.v1.Pair.$Properties
             * @property {number} [protocolMin] Pair protocolMin
             * @property {number} [protocolMax] Pair protocolMax
             * @property {string} [agent] Pair agent
             * @property {Uint8Array} [pairingId] Pair pairingId
             * @property {Uint8Array} [proof] Pair proof
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Pair.
             * @memberof zfsync.v1
             * @interface IPair
             * @augments zfsync.v1.Pair.$Properties
             * @deprecated Use zfsync.v1.Pair.$Properties instead.
             */

            /**
             * Shape of a Pair.
             * @typedef {zfsync.v1.Pair.$Properties} zfsync.v1.Pair.$Shape
             */

            /**
             * Constructs a new Pair.
             * @memberof zfsync.v1
             * @classdesc Represents a Pair.
             * @constructor
             * @param {zfsync.v1.Pair.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Pair = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Pair protocolMin.
             * @member {number} protocolMin
             * @memberof zfsync.v1.Pair
             * @instance
             */
            Pair.prototype.protocolMin = 0;

            /**
             * Pair protocolMax.
             * @member {number} protocolMax
             * @memberof zfsync.v1.Pair
             * @instance
             */
            Pair.prototype.protocolMax = 0;

            /**
             * Pair agent.
             * @member {string} agent
             * @memberof zfsync.v1.Pair
             * @instance
             */
            Pair.prototype.agent = "";

            /**
             * Pair pairingId.
             * @member {Uint8Array} pairingId
             * @memberof zfsync.v1.Pair
             * @instance
             */
            Pair.prototype.pairingId = $util.newBuffer([]);

            /**
             * Pair proof.
             * @member {Uint8Array} proof
             * @memberof zfsync.v1.Pair
             * @instance
             */
            Pair.prototype.proof = $util.newBuffer([]);

            /**
             * Creates a new Pair instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.Pair
             * @static
             * @param {zfsync.v1.Pair.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.Pair} Pair instance
             * @type {{
             *   (properties: zfsync.v1.Pair.$Shape): zfsync.v1.Pair & zfsync.v1.Pair.$Shape;
             *   (properties?: zfsync.v1.Pair.$Properties): zfsync.v1.Pair;
             * }}
             */
            Pair.create = function(properties) {
                return new Pair(properties);
            };

            /**
             * Encodes the specified Pair message. Does not implicitly {@link zfsync.v1.Pair.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.Pair
             * @static
             * @param {zfsync.v1.Pair.$Properties} message Pair message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Pair.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.protocolMin != null && $Object.hasOwnProperty.call(message, "protocolMin") && message.protocolMin !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.protocolMin);
                if (message.protocolMax != null && $Object.hasOwnProperty.call(message, "protocolMax") && message.protocolMax !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.protocolMax);
                if (message.agent != null && $Object.hasOwnProperty.call(message, "agent") && message.agent !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.agent);
                if (message.pairingId != null && $Object.hasOwnProperty.call(message, "pairingId") && message.pairingId.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.pairingId);
                if (message.proof != null && $Object.hasOwnProperty.call(message, "proof") && message.proof.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.proof);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Pair message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.Pair
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.Pair & zfsync.v1.Pair.$Shape} Pair
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Pair.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.Pair();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.protocolMin = value;
                            else
                                delete message.protocolMin;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.protocolMax = value;
                            else
                                delete message.protocolMax;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.agent = value;
                            else
                                delete message.agent;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.pairingId = value;
                            else
                                delete message.pairingId;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.proof = value;
                            else
                                delete message.proof;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Pair message.
             * @function verify
             * @memberof zfsync.v1.Pair
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Pair.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.protocolMin != null && $Object.hasOwnProperty.call(message, "protocolMin"))
                    if (!$util.isInteger(message.protocolMin))
                        return "protocolMin: integer expected";
                if (message.protocolMax != null && $Object.hasOwnProperty.call(message, "protocolMax"))
                    if (!$util.isInteger(message.protocolMax))
                        return "protocolMax: integer expected";
                if (message.agent != null && $Object.hasOwnProperty.call(message, "agent"))
                    if (!$util.isString(message.agent))
                        return "agent: string expected";
                if (message.pairingId != null && $Object.hasOwnProperty.call(message, "pairingId"))
                    if (!(message.pairingId && typeof message.pairingId.length === "number" || $util.isString(message.pairingId)))
                        return "pairingId: buffer expected";
                if (message.proof != null && $Object.hasOwnProperty.call(message, "proof"))
                    if (!(message.proof && typeof message.proof.length === "number" || $util.isString(message.proof)))
                        return "proof: buffer expected";
                return null;
            };

            /**
             * Creates a Pair message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.Pair
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.Pair} Pair
             */
            Pair.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.Pair)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.Pair: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.Pair();
                if (object.protocolMin != null)
                    if ($Number(object.protocolMin) !== 0)
                        message.protocolMin = object.protocolMin >>> 0;
                if (object.protocolMax != null)
                    if ($Number(object.protocolMax) !== 0)
                        message.protocolMax = object.protocolMax >>> 0;
                if (object.agent != null)
                    if (typeof object.agent !== "string" || object.agent.length)
                        message.agent = $String(object.agent);
                if (object.pairingId != null)
                    if (object.pairingId.length)
                        if (typeof object.pairingId === "string")
                            $util.base64.decode(object.pairingId, message.pairingId = $util.newBuffer($util.base64.length(object.pairingId)), 0);
                        else if (object.pairingId.length >= 0)
                            message.pairingId = object.pairingId;
                if (object.proof != null)
                    if (object.proof.length)
                        if (typeof object.proof === "string")
                            $util.base64.decode(object.proof, message.proof = $util.newBuffer($util.base64.length(object.proof)), 0);
                        else if (object.proof.length >= 0)
                            message.proof = object.proof;
                return message;
            };

            /**
             * Creates a plain object from a Pair message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.Pair
             * @static
             * @param {zfsync.v1.Pair} message Pair
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Pair.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.protocolMin = 0;
                    object.protocolMax = 0;
                    object.agent = "";
                    if (options.bytes === $String)
                        object.pairingId = "";
                    else {
                        object.pairingId = [];
                        if (options.bytes !== $Array)
                            object.pairingId = $util.newBuffer(object.pairingId);
                    }
                    if (options.bytes === $String)
                        object.proof = "";
                    else {
                        object.proof = [];
                        if (options.bytes !== $Array)
                            object.proof = $util.newBuffer(object.proof);
                    }
                }
                if (message.protocolMin != null && $Object.hasOwnProperty.call(message, "protocolMin"))
                    object.protocolMin = message.protocolMin;
                if (message.protocolMax != null && $Object.hasOwnProperty.call(message, "protocolMax"))
                    object.protocolMax = message.protocolMax;
                if (message.agent != null && $Object.hasOwnProperty.call(message, "agent"))
                    object.agent = message.agent;
                if (message.pairingId != null && $Object.hasOwnProperty.call(message, "pairingId"))
                    object.pairingId = options.bytes === $String ? $util.base64.encode(message.pairingId, 0, message.pairingId.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.pairingId) : message.pairingId;
                if (message.proof != null && $Object.hasOwnProperty.call(message, "proof"))
                    object.proof = options.bytes === $String ? $util.base64.encode(message.proof, 0, message.proof.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.proof) : message.proof;
                return object;
            };

            /**
             * Converts this Pair to JSON.
             * @function toJSON
             * @memberof zfsync.v1.Pair
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Pair.prototype.toJSON = function() {
                return Pair.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Pair;
        })();

        v1.PairReply = (function() {

            /**
             * Properties of a PairReply.
             * @typedef {Object} zfsync.v1.PairReply.$Properties
             * @property {number} [protocolVersion] PairReply protocolVersion
             * @property {string} [agent] PairReply agent
             * @property {string} [name] PairReply name
             * @property {string} [target] PairReply target
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PairReply.
             * @memberof zfsync.v1
             * @interface IPairReply
             * @augments zfsync.v1.PairReply.$Properties
             * @deprecated Use zfsync.v1.PairReply.$Properties instead.
             */

            /**
             * Shape of a PairReply.
             * @typedef {zfsync.v1.PairReply.$Properties} zfsync.v1.PairReply.$Shape
             */

            /**
             * Constructs a new PairReply.
             * @memberof zfsync.v1
             * @classdesc Represents a PairReply.
             * @constructor
             * @param {zfsync.v1.PairReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PairReply = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PairReply protocolVersion.
             * @member {number} protocolVersion
             * @memberof zfsync.v1.PairReply
             * @instance
             */
            PairReply.prototype.protocolVersion = 0;

            /**
             * PairReply agent.
             * @member {string} agent
             * @memberof zfsync.v1.PairReply
             * @instance
             */
            PairReply.prototype.agent = "";

            /**
             * PairReply name.
             * @member {string} name
             * @memberof zfsync.v1.PairReply
             * @instance
             */
            PairReply.prototype.name = "";

            /**
             * PairReply target.
             * @member {string} target
             * @memberof zfsync.v1.PairReply
             * @instance
             */
            PairReply.prototype.target = "";

            /**
             * Creates a new PairReply instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.PairReply
             * @static
             * @param {zfsync.v1.PairReply.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.PairReply} PairReply instance
             * @type {{
             *   (properties: zfsync.v1.PairReply.$Shape): zfsync.v1.PairReply & zfsync.v1.PairReply.$Shape;
             *   (properties?: zfsync.v1.PairReply.$Properties): zfsync.v1.PairReply;
             * }}
             */
            PairReply.create = function(properties) {
                return new PairReply(properties);
            };

            /**
             * Encodes the specified PairReply message. Does not implicitly {@link zfsync.v1.PairReply.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.PairReply
             * @static
             * @param {zfsync.v1.PairReply.$Properties} message PairReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PairReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.protocolVersion != null && $Object.hasOwnProperty.call(message, "protocolVersion") && message.protocolVersion !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.protocolVersion);
                if (message.agent != null && $Object.hasOwnProperty.call(message, "agent") && message.agent !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.agent);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                if (message.target != null && $Object.hasOwnProperty.call(message, "target") && message.target !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.target);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PairReply message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.PairReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.PairReply & zfsync.v1.PairReply.$Shape} PairReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PairReply.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.PairReply();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.protocolVersion = value;
                            else
                                delete message.protocolVersion;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.agent = value;
                            else
                                delete message.agent;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.target = value;
                            else
                                delete message.target;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a PairReply message.
             * @function verify
             * @memberof zfsync.v1.PairReply
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            PairReply.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.protocolVersion != null && $Object.hasOwnProperty.call(message, "protocolVersion"))
                    if (!$util.isInteger(message.protocolVersion))
                        return "protocolVersion: integer expected";
                if (message.agent != null && $Object.hasOwnProperty.call(message, "agent"))
                    if (!$util.isString(message.agent))
                        return "agent: string expected";
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    if (!$util.isString(message.name))
                        return "name: string expected";
                if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                    if (!$util.isString(message.target))
                        return "target: string expected";
                return null;
            };

            /**
             * Creates a PairReply message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.PairReply
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.PairReply} PairReply
             */
            PairReply.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.PairReply)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.PairReply: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.PairReply();
                if (object.protocolVersion != null)
                    if ($Number(object.protocolVersion) !== 0)
                        message.protocolVersion = object.protocolVersion >>> 0;
                if (object.agent != null)
                    if (typeof object.agent !== "string" || object.agent.length)
                        message.agent = $String(object.agent);
                if (object.name != null)
                    if (typeof object.name !== "string" || object.name.length)
                        message.name = $String(object.name);
                if (object.target != null)
                    if (typeof object.target !== "string" || object.target.length)
                        message.target = $String(object.target);
                return message;
            };

            /**
             * Creates a plain object from a PairReply message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.PairReply
             * @static
             * @param {zfsync.v1.PairReply} message PairReply
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            PairReply.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.protocolVersion = 0;
                    object.agent = "";
                    object.name = "";
                    object.target = "";
                }
                if (message.protocolVersion != null && $Object.hasOwnProperty.call(message, "protocolVersion"))
                    object.protocolVersion = message.protocolVersion;
                if (message.agent != null && $Object.hasOwnProperty.call(message, "agent"))
                    object.agent = message.agent;
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    object.name = message.name;
                if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                    object.target = message.target;
                return object;
            };

            /**
             * Converts this PairReply to JSON.
             * @function toJSON
             * @memberof zfsync.v1.PairReply
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            PairReply.prototype.toJSON = function() {
                return PairReply.toObject(this, $protobuf.util.toJSONOptions);
            };

            return PairReply;
        })();

        /**
         * DatasetType enum.
         * @name zfsync.v1.DatasetType
         * @enum {number}
         * @property {number} DATASET_TYPE_UNSPECIFIED=0 DATASET_TYPE_UNSPECIFIED value
         * @property {number} DATASET_TYPE_FILESYSTEM=1 DATASET_TYPE_FILESYSTEM value
         * @property {number} DATASET_TYPE_VOLUME=2 DATASET_TYPE_VOLUME value
         */
        v1.DatasetType = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "DATASET_TYPE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "DATASET_TYPE_FILESYSTEM"] = 1;
            values[valuesById[2] = "DATASET_TYPE_VOLUME"] = 2;
            return values;
        })();

        /**
         * VersionKind enum.
         * @name zfsync.v1.VersionKind
         * @enum {number}
         * @property {number} VERSION_KIND_UNSPECIFIED=0 VERSION_KIND_UNSPECIFIED value
         * @property {number} VERSION_KIND_SNAPSHOT=1 VERSION_KIND_SNAPSHOT value
         * @property {number} VERSION_KIND_BOOKMARK=2 VERSION_KIND_BOOKMARK value
         */
        v1.VersionKind = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "VERSION_KIND_UNSPECIFIED"] = 0;
            values[valuesById[1] = "VERSION_KIND_SNAPSHOT"] = 1;
            values[valuesById[2] = "VERSION_KIND_BOOKMARK"] = 2;
            return values;
        })();

        v1.Version = (function() {

            /**
             * Properties of a Version.
             * @typedef {Object} zfsync.v1.Version.$Properties
             * @property {zfsync.v1.VersionKind} [kind] Version kind
             * @property {string} [name] Version name
             * @property {Long} [guid] Version guid
             * @property {Long} [createtxg] Version createtxg
             * @property {Long} [creation] Version creation
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Version.
             * @memberof zfsync.v1
             * @interface IVersion
             * @augments zfsync.v1.Version.$Properties
             * @deprecated Use zfsync.v1.Version.$Properties instead.
             */

            /**
             * Shape of a Version.
             * @typedef {zfsync.v1.Version.$Properties} zfsync.v1.Version.$Shape
             */

            /**
             * Constructs a new Version.
             * @memberof zfsync.v1
             * @classdesc Represents a Version.
             * @constructor
             * @param {zfsync.v1.Version.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Version = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Version kind.
             * @member {zfsync.v1.VersionKind} kind
             * @memberof zfsync.v1.Version
             * @instance
             */
            Version.prototype.kind = 0;

            /**
             * Version name.
             * @member {string} name
             * @memberof zfsync.v1.Version
             * @instance
             */
            Version.prototype.name = "";

            /**
             * Version guid.
             * @member {Long} guid
             * @memberof zfsync.v1.Version
             * @instance
             */
            Version.prototype.guid = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Version createtxg.
             * @member {Long} createtxg
             * @memberof zfsync.v1.Version
             * @instance
             */
            Version.prototype.createtxg = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Version creation.
             * @member {Long} creation
             * @memberof zfsync.v1.Version
             * @instance
             */
            Version.prototype.creation = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new Version instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.Version
             * @static
             * @param {zfsync.v1.Version.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.Version} Version instance
             * @type {{
             *   (properties: zfsync.v1.Version.$Shape): zfsync.v1.Version & zfsync.v1.Version.$Shape;
             *   (properties?: zfsync.v1.Version.$Properties): zfsync.v1.Version;
             * }}
             */
            Version.create = function(properties) {
                return new Version(properties);
            };

            /**
             * Encodes the specified Version message. Does not implicitly {@link zfsync.v1.Version.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.Version
             * @static
             * @param {zfsync.v1.Version.$Properties} message Version message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Version.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.kind);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                if (message.guid != null && $Object.hasOwnProperty.call(message, "guid") && (typeof message.guid === "object" ? message.guid.low || message.guid.high : message.guid !== 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).fixed64(message.guid);
                if (message.createtxg != null && $Object.hasOwnProperty.call(message, "createtxg") && (typeof message.createtxg === "object" ? message.createtxg.low || message.createtxg.high : message.createtxg !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.createtxg);
                if (message.creation != null && $Object.hasOwnProperty.call(message, "creation") && (typeof message.creation === "object" ? message.creation.low || message.creation.high : message.creation !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.creation);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Version message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.Version
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.Version & zfsync.v1.Version.$Shape} Version
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Version.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.Version();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.fixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.guid = value;
                            else
                                delete message.guid;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.createtxg = value;
                            else
                                delete message.createtxg;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.creation = value;
                            else
                                delete message.creation;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Version message.
             * @function verify
             * @memberof zfsync.v1.Version
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Version.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind"))
                    if (typeof message.kind !== "number" || (message.kind | 0) !== message.kind)
                        return "kind: enum value expected";
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    if (!$util.isString(message.name))
                        return "name: string expected";
                if (message.guid != null && $Object.hasOwnProperty.call(message, "guid"))
                    if (!$util.isInteger(message.guid) && !(message.guid && $util.isInteger(message.guid.low) && $util.isInteger(message.guid.high)))
                        return "guid: integer|Long expected";
                if (message.createtxg != null && $Object.hasOwnProperty.call(message, "createtxg"))
                    if (!$util.isInteger(message.createtxg) && !(message.createtxg && $util.isInteger(message.createtxg.low) && $util.isInteger(message.createtxg.high)))
                        return "createtxg: integer|Long expected";
                if (message.creation != null && $Object.hasOwnProperty.call(message, "creation"))
                    if (!$util.isInteger(message.creation) && !(message.creation && $util.isInteger(message.creation.low) && $util.isInteger(message.creation.high)))
                        return "creation: integer|Long expected";
                return null;
            };

            /**
             * Creates a Version message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.Version
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.Version} Version
             */
            Version.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.Version)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.Version: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.Version();
                if (object.kind !== 0 && (typeof object.kind !== "string" || $root.zfsync.v1.VersionKind[object.kind] !== 0))
                    switch (object.kind) {
                    case "VERSION_KIND_UNSPECIFIED":
                    case 0:
                        message.kind = 0;
                        break;
                    case "VERSION_KIND_SNAPSHOT":
                    case 1:
                        message.kind = 1;
                        break;
                    case "VERSION_KIND_BOOKMARK":
                    case 2:
                        message.kind = 2;
                        break;
                    default:
                        if (typeof object.kind === "number" && (object.kind | 0) === object.kind)
                            message.kind = object.kind;
                    }
                if (object.name != null)
                    if (typeof object.name !== "string" || object.name.length)
                        message.name = $String(object.name);
                if (object.guid != null)
                    if (typeof object.guid === "object" ? object.guid.low || object.guid.high : $Number(object.guid) !== 0)
                        if ($util.Long)
                            message.guid = $util.Long.fromValue(object.guid, true);
                        else if (typeof object.guid === "string")
                            message.guid = $parseInt(object.guid, 10);
                        else if (typeof object.guid === "number")
                            message.guid = object.guid;
                        else if (typeof object.guid === "object")
                            message.guid = new $util.LongBits(object.guid.low >>> 0, object.guid.high >>> 0).toNumber(true);
                if (object.createtxg != null)
                    if (typeof object.createtxg === "object" ? object.createtxg.low || object.createtxg.high : $Number(object.createtxg) !== 0)
                        if ($util.Long)
                            message.createtxg = $util.Long.fromValue(object.createtxg, true);
                        else if (typeof object.createtxg === "string")
                            message.createtxg = $parseInt(object.createtxg, 10);
                        else if (typeof object.createtxg === "number")
                            message.createtxg = object.createtxg;
                        else if (typeof object.createtxg === "object")
                            message.createtxg = new $util.LongBits(object.createtxg.low >>> 0, object.createtxg.high >>> 0).toNumber(true);
                if (object.creation != null)
                    if (typeof object.creation === "object" ? object.creation.low || object.creation.high : $Number(object.creation) !== 0)
                        if ($util.Long)
                            message.creation = $util.Long.fromValue(object.creation, true);
                        else if (typeof object.creation === "string")
                            message.creation = $parseInt(object.creation, 10);
                        else if (typeof object.creation === "number")
                            message.creation = object.creation;
                        else if (typeof object.creation === "object")
                            message.creation = new $util.LongBits(object.creation.low >>> 0, object.creation.high >>> 0).toNumber(true);
                return message;
            };

            /**
             * Creates a plain object from a Version message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.Version
             * @static
             * @param {zfsync.v1.Version} message Version
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Version.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.kind = options.enums === $String ? "VERSION_KIND_UNSPECIFIED" : 0;
                    object.name = "";
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.guid = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.guid = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.createtxg = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.createtxg = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.creation = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.creation = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                }
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind"))
                    object.kind = options.enums === $String ? $root.zfsync.v1.VersionKind[message.kind] === $undefined ? message.kind : $root.zfsync.v1.VersionKind[message.kind] : message.kind;
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    object.name = message.name;
                if (message.guid != null && $Object.hasOwnProperty.call(message, "guid"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.guid = typeof message.guid === "number" ? $BigInt(message.guid) : $util.Long.fromBits(message.guid.low >>> 0, message.guid.high >>> 0, true).toBigInt();
                    else if (typeof message.guid === "number")
                        object.guid = options.longs === $String ? $String(message.guid) : message.guid;
                    else
                        object.guid = options.longs === $String ? $util.Long.prototype.toString.call(message.guid) : options.longs === $Number ? new $util.LongBits(message.guid.low >>> 0, message.guid.high >>> 0).toNumber(true) : message.guid;
                if (message.createtxg != null && $Object.hasOwnProperty.call(message, "createtxg"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.createtxg = typeof message.createtxg === "number" ? $BigInt(message.createtxg) : $util.Long.fromBits(message.createtxg.low >>> 0, message.createtxg.high >>> 0, true).toBigInt();
                    else if (typeof message.createtxg === "number")
                        object.createtxg = options.longs === $String ? $String(message.createtxg) : message.createtxg;
                    else
                        object.createtxg = options.longs === $String ? $util.Long.prototype.toString.call(message.createtxg) : options.longs === $Number ? new $util.LongBits(message.createtxg.low >>> 0, message.createtxg.high >>> 0).toNumber(true) : message.createtxg;
                if (message.creation != null && $Object.hasOwnProperty.call(message, "creation"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.creation = typeof message.creation === "number" ? $BigInt(message.creation) : $util.Long.fromBits(message.creation.low >>> 0, message.creation.high >>> 0, true).toBigInt();
                    else if (typeof message.creation === "number")
                        object.creation = options.longs === $String ? $String(message.creation) : message.creation;
                    else
                        object.creation = options.longs === $String ? $util.Long.prototype.toString.call(message.creation) : options.longs === $Number ? new $util.LongBits(message.creation.low >>> 0, message.creation.high >>> 0).toNumber(true) : message.creation;
                return object;
            };

            /**
             * Converts this Version to JSON.
             * @function toJSON
             * @memberof zfsync.v1.Version
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Version.prototype.toJSON = function() {
                return Version.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Version;
        })();

        v1.StreamFlags = (function() {

            /**
             * Properties of a StreamFlags.
             * @typedef {Object} zfsync.v1.StreamFlags.$Properties
             * @property {boolean} [raw] StreamFlags raw
             * @property {boolean} [largeBlocks] StreamFlags largeBlocks
             * @property {boolean} [compressed] StreamFlags compressed
             * @property {boolean} [embedded] StreamFlags embedded
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StreamFlags.
             * @memberof zfsync.v1
             * @interface IStreamFlags
             * @augments zfsync.v1.StreamFlags.$Properties
             * @deprecated Use zfsync.v1.StreamFlags.$Properties instead.
             */

            /**
             * Shape of a StreamFlags.
             * @typedef {zfsync.v1.StreamFlags.$Properties} zfsync.v1.StreamFlags.$Shape
             */

            /**
             * Constructs a new StreamFlags.
             * @memberof zfsync.v1
             * @classdesc Represents a StreamFlags.
             * @constructor
             * @param {zfsync.v1.StreamFlags.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StreamFlags = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StreamFlags raw.
             * @member {boolean} raw
             * @memberof zfsync.v1.StreamFlags
             * @instance
             */
            StreamFlags.prototype.raw = false;

            /**
             * StreamFlags largeBlocks.
             * @member {boolean} largeBlocks
             * @memberof zfsync.v1.StreamFlags
             * @instance
             */
            StreamFlags.prototype.largeBlocks = false;

            /**
             * StreamFlags compressed.
             * @member {boolean} compressed
             * @memberof zfsync.v1.StreamFlags
             * @instance
             */
            StreamFlags.prototype.compressed = false;

            /**
             * StreamFlags embedded.
             * @member {boolean} embedded
             * @memberof zfsync.v1.StreamFlags
             * @instance
             */
            StreamFlags.prototype.embedded = false;

            /**
             * Creates a new StreamFlags instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.StreamFlags
             * @static
             * @param {zfsync.v1.StreamFlags.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.StreamFlags} StreamFlags instance
             * @type {{
             *   (properties: zfsync.v1.StreamFlags.$Shape): zfsync.v1.StreamFlags & zfsync.v1.StreamFlags.$Shape;
             *   (properties?: zfsync.v1.StreamFlags.$Properties): zfsync.v1.StreamFlags;
             * }}
             */
            StreamFlags.create = function(properties) {
                return new StreamFlags(properties);
            };

            /**
             * Encodes the specified StreamFlags message. Does not implicitly {@link zfsync.v1.StreamFlags.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.StreamFlags
             * @static
             * @param {zfsync.v1.StreamFlags.$Properties} message StreamFlags message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StreamFlags.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.raw != null && $Object.hasOwnProperty.call(message, "raw") && message.raw !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.raw);
                if (message.largeBlocks != null && $Object.hasOwnProperty.call(message, "largeBlocks") && message.largeBlocks !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.largeBlocks);
                if (message.compressed != null && $Object.hasOwnProperty.call(message, "compressed") && message.compressed !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.compressed);
                if (message.embedded != null && $Object.hasOwnProperty.call(message, "embedded") && message.embedded !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.embedded);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StreamFlags message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.StreamFlags
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.StreamFlags & zfsync.v1.StreamFlags.$Shape} StreamFlags
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StreamFlags.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.StreamFlags();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.raw = value;
                            else
                                delete message.raw;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.largeBlocks = value;
                            else
                                delete message.largeBlocks;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.compressed = value;
                            else
                                delete message.compressed;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.embedded = value;
                            else
                                delete message.embedded;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a StreamFlags message.
             * @function verify
             * @memberof zfsync.v1.StreamFlags
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            StreamFlags.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.raw != null && $Object.hasOwnProperty.call(message, "raw"))
                    if (typeof message.raw !== "boolean")
                        return "raw: boolean expected";
                if (message.largeBlocks != null && $Object.hasOwnProperty.call(message, "largeBlocks"))
                    if (typeof message.largeBlocks !== "boolean")
                        return "largeBlocks: boolean expected";
                if (message.compressed != null && $Object.hasOwnProperty.call(message, "compressed"))
                    if (typeof message.compressed !== "boolean")
                        return "compressed: boolean expected";
                if (message.embedded != null && $Object.hasOwnProperty.call(message, "embedded"))
                    if (typeof message.embedded !== "boolean")
                        return "embedded: boolean expected";
                return null;
            };

            /**
             * Creates a StreamFlags message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.StreamFlags
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.StreamFlags} StreamFlags
             */
            StreamFlags.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.StreamFlags)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.StreamFlags: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.StreamFlags();
                if (object.raw != null)
                    if (object.raw)
                        message.raw = $Boolean(object.raw);
                if (object.largeBlocks != null)
                    if (object.largeBlocks)
                        message.largeBlocks = $Boolean(object.largeBlocks);
                if (object.compressed != null)
                    if (object.compressed)
                        message.compressed = $Boolean(object.compressed);
                if (object.embedded != null)
                    if (object.embedded)
                        message.embedded = $Boolean(object.embedded);
                return message;
            };

            /**
             * Creates a plain object from a StreamFlags message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.StreamFlags
             * @static
             * @param {zfsync.v1.StreamFlags} message StreamFlags
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            StreamFlags.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.raw = false;
                    object.largeBlocks = false;
                    object.compressed = false;
                    object.embedded = false;
                }
                if (message.raw != null && $Object.hasOwnProperty.call(message, "raw"))
                    object.raw = message.raw;
                if (message.largeBlocks != null && $Object.hasOwnProperty.call(message, "largeBlocks"))
                    object.largeBlocks = message.largeBlocks;
                if (message.compressed != null && $Object.hasOwnProperty.call(message, "compressed"))
                    object.compressed = message.compressed;
                if (message.embedded != null && $Object.hasOwnProperty.call(message, "embedded"))
                    object.embedded = message.embedded;
                return object;
            };

            /**
             * Converts this StreamFlags to JSON.
             * @function toJSON
             * @memberof zfsync.v1.StreamFlags
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            StreamFlags.prototype.toJSON = function() {
                return StreamFlags.toObject(this, $protobuf.util.toJSONOptions);
            };

            return StreamFlags;
        })();

        v1.OfferedProperty = (function() {

            /**
             * Properties of an OfferedProperty.
             * @typedef {Object} zfsync.v1.OfferedProperty.$Properties
             * @property {string} [name] OfferedProperty name
             * @property {string} [value] OfferedProperty value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OfferedProperty.
             * @memberof zfsync.v1
             * @interface IOfferedProperty
             * @augments zfsync.v1.OfferedProperty.$Properties
             * @deprecated Use zfsync.v1.OfferedProperty.$Properties instead.
             */

            /**
             * Shape of an OfferedProperty.
             * @typedef {zfsync.v1.OfferedProperty.$Properties} zfsync.v1.OfferedProperty.$Shape
             */

            /**
             * Constructs a new OfferedProperty.
             * @memberof zfsync.v1
             * @classdesc Represents an OfferedProperty.
             * @constructor
             * @param {zfsync.v1.OfferedProperty.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OfferedProperty = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OfferedProperty name.
             * @member {string} name
             * @memberof zfsync.v1.OfferedProperty
             * @instance
             */
            OfferedProperty.prototype.name = "";

            /**
             * OfferedProperty value.
             * @member {string} value
             * @memberof zfsync.v1.OfferedProperty
             * @instance
             */
            OfferedProperty.prototype.value = "";

            /**
             * Creates a new OfferedProperty instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.OfferedProperty
             * @static
             * @param {zfsync.v1.OfferedProperty.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.OfferedProperty} OfferedProperty instance
             * @type {{
             *   (properties: zfsync.v1.OfferedProperty.$Shape): zfsync.v1.OfferedProperty & zfsync.v1.OfferedProperty.$Shape;
             *   (properties?: zfsync.v1.OfferedProperty.$Properties): zfsync.v1.OfferedProperty;
             * }}
             */
            OfferedProperty.create = function(properties) {
                return new OfferedProperty(properties);
            };

            /**
             * Encodes the specified OfferedProperty message. Does not implicitly {@link zfsync.v1.OfferedProperty.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.OfferedProperty
             * @static
             * @param {zfsync.v1.OfferedProperty.$Properties} message OfferedProperty message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OfferedProperty.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.value);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OfferedProperty message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.OfferedProperty
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.OfferedProperty & zfsync.v1.OfferedProperty.$Shape} OfferedProperty
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OfferedProperty.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.OfferedProperty();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.value = value;
                            else
                                delete message.value;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies an OfferedProperty message.
             * @function verify
             * @memberof zfsync.v1.OfferedProperty
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            OfferedProperty.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    if (!$util.isString(message.name))
                        return "name: string expected";
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    if (!$util.isString(message.value))
                        return "value: string expected";
                return null;
            };

            /**
             * Creates an OfferedProperty message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.OfferedProperty
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.OfferedProperty} OfferedProperty
             */
            OfferedProperty.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.OfferedProperty)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.OfferedProperty: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.OfferedProperty();
                if (object.name != null)
                    if (typeof object.name !== "string" || object.name.length)
                        message.name = $String(object.name);
                if (object.value != null)
                    if (typeof object.value !== "string" || object.value.length)
                        message.value = $String(object.value);
                return message;
            };

            /**
             * Creates a plain object from an OfferedProperty message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.OfferedProperty
             * @static
             * @param {zfsync.v1.OfferedProperty} message OfferedProperty
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            OfferedProperty.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.name = "";
                    object.value = "";
                }
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    object.name = message.name;
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    object.value = message.value;
                return object;
            };

            /**
             * Converts this OfferedProperty to JSON.
             * @function toJSON
             * @memberof zfsync.v1.OfferedProperty
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            OfferedProperty.prototype.toJSON = function() {
                return OfferedProperty.toObject(this, $protobuf.util.toJSONOptions);
            };

            return OfferedProperty;
        })();

        v1.Origin = (function() {

            /**
             * Properties of an Origin.
             * @typedef {Object} zfsync.v1.Origin.$Properties
             * @property {string} [path] Origin path
             * @property {Long} [guid] Origin guid
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Origin.
             * @memberof zfsync.v1
             * @interface IOrigin
             * @augments zfsync.v1.Origin.$Properties
             * @deprecated Use zfsync.v1.Origin.$Properties instead.
             */

            /**
             * Shape of an Origin.
             * @typedef {zfsync.v1.Origin.$Properties} zfsync.v1.Origin.$Shape
             */

            /**
             * Constructs a new Origin.
             * @memberof zfsync.v1
             * @classdesc Represents an Origin.
             * @constructor
             * @param {zfsync.v1.Origin.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Origin = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Origin path.
             * @member {string} path
             * @memberof zfsync.v1.Origin
             * @instance
             */
            Origin.prototype.path = "";

            /**
             * Origin guid.
             * @member {Long} guid
             * @memberof zfsync.v1.Origin
             * @instance
             */
            Origin.prototype.guid = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new Origin instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.Origin
             * @static
             * @param {zfsync.v1.Origin.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.Origin} Origin instance
             * @type {{
             *   (properties: zfsync.v1.Origin.$Shape): zfsync.v1.Origin & zfsync.v1.Origin.$Shape;
             *   (properties?: zfsync.v1.Origin.$Properties): zfsync.v1.Origin;
             * }}
             */
            Origin.create = function(properties) {
                return new Origin(properties);
            };

            /**
             * Encodes the specified Origin message. Does not implicitly {@link zfsync.v1.Origin.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.Origin
             * @static
             * @param {zfsync.v1.Origin.$Properties} message Origin message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Origin.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.path);
                if (message.guid != null && $Object.hasOwnProperty.call(message, "guid") && (typeof message.guid === "object" ? message.guid.low || message.guid.high : message.guid !== 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).fixed64(message.guid);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Origin message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.Origin
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.Origin & zfsync.v1.Origin.$Shape} Origin
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Origin.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.Origin();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.fixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.guid = value;
                            else
                                delete message.guid;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies an Origin message.
             * @function verify
             * @memberof zfsync.v1.Origin
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Origin.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                    if (!$util.isString(message.path))
                        return "path: string expected";
                if (message.guid != null && $Object.hasOwnProperty.call(message, "guid"))
                    if (!$util.isInteger(message.guid) && !(message.guid && $util.isInteger(message.guid.low) && $util.isInteger(message.guid.high)))
                        return "guid: integer|Long expected";
                return null;
            };

            /**
             * Creates an Origin message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.Origin
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.Origin} Origin
             */
            Origin.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.Origin)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.Origin: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.Origin();
                if (object.path != null)
                    if (typeof object.path !== "string" || object.path.length)
                        message.path = $String(object.path);
                if (object.guid != null)
                    if (typeof object.guid === "object" ? object.guid.low || object.guid.high : $Number(object.guid) !== 0)
                        if ($util.Long)
                            message.guid = $util.Long.fromValue(object.guid, true);
                        else if (typeof object.guid === "string")
                            message.guid = $parseInt(object.guid, 10);
                        else if (typeof object.guid === "number")
                            message.guid = object.guid;
                        else if (typeof object.guid === "object")
                            message.guid = new $util.LongBits(object.guid.low >>> 0, object.guid.high >>> 0).toNumber(true);
                return message;
            };

            /**
             * Creates a plain object from an Origin message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.Origin
             * @static
             * @param {zfsync.v1.Origin} message Origin
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Origin.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.path = "";
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.guid = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.guid = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                }
                if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                    object.path = message.path;
                if (message.guid != null && $Object.hasOwnProperty.call(message, "guid"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.guid = typeof message.guid === "number" ? $BigInt(message.guid) : $util.Long.fromBits(message.guid.low >>> 0, message.guid.high >>> 0, true).toBigInt();
                    else if (typeof message.guid === "number")
                        object.guid = options.longs === $String ? $String(message.guid) : message.guid;
                    else
                        object.guid = options.longs === $String ? $util.Long.prototype.toString.call(message.guid) : options.longs === $Number ? new $util.LongBits(message.guid.low >>> 0, message.guid.high >>> 0).toNumber(true) : message.guid;
                return object;
            };

            /**
             * Converts this Origin to JSON.
             * @function toJSON
             * @memberof zfsync.v1.Origin
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Origin.prototype.toJSON = function() {
                return Origin.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Origin;
        })();

        v1.OfferedDataset = (function() {

            /**
             * Properties of an OfferedDataset.
             * @typedef {Object} zfsync.v1.OfferedDataset.$Properties
             * @property {string} [path] OfferedDataset path
             * @property {zfsync.v1.DatasetType} [datasetType] OfferedDataset datasetType
             * @property {Long} [guid] OfferedDataset guid
             * @property {boolean} [encrypted] OfferedDataset encrypted
             * @property {boolean} [raw] OfferedDataset raw
             * @property {Array.<zfsync.v1.Version.$Properties>} [versions] OfferedDataset versions
             * @property {boolean} [continued] OfferedDataset continued
             * @property {boolean} [largeBlocks] OfferedDataset largeBlocks
             * @property {boolean} [compressed] OfferedDataset compressed
             * @property {boolean} [embedded] OfferedDataset embedded
             * @property {Array.<zfsync.v1.OfferedProperty.$Properties>} [properties] OfferedDataset properties
             * @property {zfsync.v1.Origin.$Properties|null} [origin] OfferedDataset origin
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OfferedDataset.
             * @memberof zfsync.v1
             * @interface IOfferedDataset
             * @augments zfsync.v1.OfferedDataset.$Properties
             * @deprecated Use zfsync.v1.OfferedDataset.$Properties instead.
             */

            /**
             * Shape of an OfferedDataset.
             * @typedef {zfsync.v1.OfferedDataset.$Properties} zfsync.v1.OfferedDataset.$Shape
             */

            /**
             * Constructs a new OfferedDataset.
             * @memberof zfsync.v1
             * @classdesc Represents an OfferedDataset.
             * @constructor
             * @param {zfsync.v1.OfferedDataset.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OfferedDataset = function (properties) {
                this.versions = [];
                this.properties = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OfferedDataset path.
             * @member {string} path
             * @memberof zfsync.v1.OfferedDataset
             * @instance
             */
            OfferedDataset.prototype.path = "";

            /**
             * OfferedDataset datasetType.
             * @member {zfsync.v1.DatasetType} datasetType
             * @memberof zfsync.v1.OfferedDataset
             * @instance
             */
            OfferedDataset.prototype.datasetType = 0;

            /**
             * OfferedDataset guid.
             * @member {Long} guid
             * @memberof zfsync.v1.OfferedDataset
             * @instance
             */
            OfferedDataset.prototype.guid = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * OfferedDataset encrypted.
             * @member {boolean} encrypted
             * @memberof zfsync.v1.OfferedDataset
             * @instance
             */
            OfferedDataset.prototype.encrypted = false;

            /**
             * OfferedDataset raw.
             * @member {boolean} raw
             * @memberof zfsync.v1.OfferedDataset
             * @instance
             */
            OfferedDataset.prototype.raw = false;

            /**
             * OfferedDataset versions.
             * @member {Array.<zfsync.v1.Version>} versions
             * @memberof zfsync.v1.OfferedDataset
             * @instance
             */
            OfferedDataset.prototype.versions = $util.emptyArray;

            /**
             * OfferedDataset continued.
             * @member {boolean} continued
             * @memberof zfsync.v1.OfferedDataset
             * @instance
             */
            OfferedDataset.prototype.continued = false;

            /**
             * OfferedDataset largeBlocks.
             * @member {boolean} largeBlocks
             * @memberof zfsync.v1.OfferedDataset
             * @instance
             */
            OfferedDataset.prototype.largeBlocks = false;

            /**
             * OfferedDataset compressed.
             * @member {boolean} compressed
             * @memberof zfsync.v1.OfferedDataset
             * @instance
             */
            OfferedDataset.prototype.compressed = false;

            /**
             * OfferedDataset embedded.
             * @member {boolean} embedded
             * @memberof zfsync.v1.OfferedDataset
             * @instance
             */
            OfferedDataset.prototype.embedded = false;

            /**
             * OfferedDataset properties.
             * @member {Array.<zfsync.v1.OfferedProperty>} properties
             * @memberof zfsync.v1.OfferedDataset
             * @instance
             */
            OfferedDataset.prototype.properties = $util.emptyArray;

            /**
             * OfferedDataset origin.
             * @member {zfsync.v1.Origin|null} origin
             * @memberof zfsync.v1.OfferedDataset
             * @instance
             */
            OfferedDataset.prototype.origin = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(OfferedDataset.prototype, "_origin", {
                get: $util.oneOfGetter($oneOfFields = ["origin"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new OfferedDataset instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.OfferedDataset
             * @static
             * @param {zfsync.v1.OfferedDataset.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.OfferedDataset} OfferedDataset instance
             * @type {{
             *   (properties: zfsync.v1.OfferedDataset.$Shape): zfsync.v1.OfferedDataset & zfsync.v1.OfferedDataset.$Shape;
             *   (properties?: zfsync.v1.OfferedDataset.$Properties): zfsync.v1.OfferedDataset;
             * }}
             */
            OfferedDataset.create = function(properties) {
                return new OfferedDataset(properties);
            };

            /**
             * Encodes the specified OfferedDataset message. Does not implicitly {@link zfsync.v1.OfferedDataset.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.OfferedDataset
             * @static
             * @param {zfsync.v1.OfferedDataset.$Properties} message OfferedDataset message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OfferedDataset.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.path);
                if (message.datasetType != null && $Object.hasOwnProperty.call(message, "datasetType") && message.datasetType !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.datasetType);
                if (message.guid != null && $Object.hasOwnProperty.call(message, "guid") && (typeof message.guid === "object" ? message.guid.low || message.guid.high : message.guid !== 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).fixed64(message.guid);
                if (message.encrypted != null && $Object.hasOwnProperty.call(message, "encrypted") && message.encrypted !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.encrypted);
                if (message.raw != null && $Object.hasOwnProperty.call(message, "raw") && message.raw !== false)
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.raw);
                if (message.versions != null && message.versions.length)
                    for (let i = 0; i < message.versions.length; ++i)
                        $root.zfsync.v1.Version.encode(message.versions[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.continued != null && $Object.hasOwnProperty.call(message, "continued") && message.continued !== false)
                    writer.uint32(/* id 7, wireType 0 =*/56).bool(message.continued);
                if (message.largeBlocks != null && $Object.hasOwnProperty.call(message, "largeBlocks") && message.largeBlocks !== false)
                    writer.uint32(/* id 8, wireType 0 =*/64).bool(message.largeBlocks);
                if (message.compressed != null && $Object.hasOwnProperty.call(message, "compressed") && message.compressed !== false)
                    writer.uint32(/* id 9, wireType 0 =*/72).bool(message.compressed);
                if (message.embedded != null && $Object.hasOwnProperty.call(message, "embedded") && message.embedded !== false)
                    writer.uint32(/* id 10, wireType 0 =*/80).bool(message.embedded);
                if (message.properties != null && message.properties.length)
                    for (let i = 0; i < message.properties.length; ++i)
                        $root.zfsync.v1.OfferedProperty.encode(message.properties[i], writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.origin != null && $Object.hasOwnProperty.call(message, "origin"))
                    $root.zfsync.v1.Origin.encode(message.origin, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OfferedDataset message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.OfferedDataset
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.OfferedDataset & zfsync.v1.OfferedDataset.$Shape} OfferedDataset
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OfferedDataset.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.OfferedDataset();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.datasetType = value;
                            else
                                delete message.datasetType;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.fixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.guid = value;
                            else
                                delete message.guid;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.encrypted = value;
                            else
                                delete message.encrypted;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.raw = value;
                            else
                                delete message.raw;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.versions && message.versions.length))
                                message.versions = [];
                            message.versions.push($root.zfsync.v1.Version.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.continued = value;
                            else
                                delete message.continued;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.largeBlocks = value;
                            else
                                delete message.largeBlocks;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.compressed = value;
                            else
                                delete message.compressed;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.embedded = value;
                            else
                                delete message.embedded;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if (!(message.properties && message.properties.length))
                                message.properties = [];
                            message.properties.push($root.zfsync.v1.OfferedProperty.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            message.origin = $root.zfsync.v1.Origin.decode(reader, reader.size(), $undefined, _depth + 1, message.origin);
                            message._origin = "origin";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies an OfferedDataset message.
             * @function verify
             * @memberof zfsync.v1.OfferedDataset
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            OfferedDataset.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                let properties = {};
                if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                    if (!$util.isString(message.path))
                        return "path: string expected";
                if (message.datasetType != null && $Object.hasOwnProperty.call(message, "datasetType"))
                    if (typeof message.datasetType !== "number" || (message.datasetType | 0) !== message.datasetType)
                        return "datasetType: enum value expected";
                if (message.guid != null && $Object.hasOwnProperty.call(message, "guid"))
                    if (!$util.isInteger(message.guid) && !(message.guid && $util.isInteger(message.guid.low) && $util.isInteger(message.guid.high)))
                        return "guid: integer|Long expected";
                if (message.encrypted != null && $Object.hasOwnProperty.call(message, "encrypted"))
                    if (typeof message.encrypted !== "boolean")
                        return "encrypted: boolean expected";
                if (message.raw != null && $Object.hasOwnProperty.call(message, "raw"))
                    if (typeof message.raw !== "boolean")
                        return "raw: boolean expected";
                if (message.versions != null && $Object.hasOwnProperty.call(message, "versions")) {
                    if (!$Array.isArray(message.versions))
                        return "versions: array expected";
                    for (let i = 0; i < message.versions.length; ++i) {
                        let error = $root.zfsync.v1.Version.verify(message.versions[i], _depth + 1);
                        if (error)
                            return "versions." + error;
                    }
                }
                if (message.continued != null && $Object.hasOwnProperty.call(message, "continued"))
                    if (typeof message.continued !== "boolean")
                        return "continued: boolean expected";
                if (message.largeBlocks != null && $Object.hasOwnProperty.call(message, "largeBlocks"))
                    if (typeof message.largeBlocks !== "boolean")
                        return "largeBlocks: boolean expected";
                if (message.compressed != null && $Object.hasOwnProperty.call(message, "compressed"))
                    if (typeof message.compressed !== "boolean")
                        return "compressed: boolean expected";
                if (message.embedded != null && $Object.hasOwnProperty.call(message, "embedded"))
                    if (typeof message.embedded !== "boolean")
                        return "embedded: boolean expected";
                if (message.properties != null && $Object.hasOwnProperty.call(message, "properties")) {
                    if (!$Array.isArray(message.properties))
                        return "properties: array expected";
                    for (let i = 0; i < message.properties.length; ++i) {
                        let error = $root.zfsync.v1.OfferedProperty.verify(message.properties[i], _depth + 1);
                        if (error)
                            return "properties." + error;
                    }
                }
                if (message.origin != null && $Object.hasOwnProperty.call(message, "origin")) {
                    properties._origin = 1;
                    {
                        let error = $root.zfsync.v1.Origin.verify(message.origin, _depth + 1);
                        if (error)
                            return "origin." + error;
                    }
                }
                return null;
            };

            /**
             * Creates an OfferedDataset message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.OfferedDataset
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.OfferedDataset} OfferedDataset
             */
            OfferedDataset.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.OfferedDataset)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.OfferedDataset: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.OfferedDataset();
                if (object.path != null)
                    if (typeof object.path !== "string" || object.path.length)
                        message.path = $String(object.path);
                if (object.datasetType !== 0 && (typeof object.datasetType !== "string" || $root.zfsync.v1.DatasetType[object.datasetType] !== 0))
                    switch (object.datasetType) {
                    case "DATASET_TYPE_UNSPECIFIED":
                    case 0:
                        message.datasetType = 0;
                        break;
                    case "DATASET_TYPE_FILESYSTEM":
                    case 1:
                        message.datasetType = 1;
                        break;
                    case "DATASET_TYPE_VOLUME":
                    case 2:
                        message.datasetType = 2;
                        break;
                    default:
                        if (typeof object.datasetType === "number" && (object.datasetType | 0) === object.datasetType)
                            message.datasetType = object.datasetType;
                    }
                if (object.guid != null)
                    if (typeof object.guid === "object" ? object.guid.low || object.guid.high : $Number(object.guid) !== 0)
                        if ($util.Long)
                            message.guid = $util.Long.fromValue(object.guid, true);
                        else if (typeof object.guid === "string")
                            message.guid = $parseInt(object.guid, 10);
                        else if (typeof object.guid === "number")
                            message.guid = object.guid;
                        else if (typeof object.guid === "object")
                            message.guid = new $util.LongBits(object.guid.low >>> 0, object.guid.high >>> 0).toNumber(true);
                if (object.encrypted != null)
                    if (object.encrypted)
                        message.encrypted = $Boolean(object.encrypted);
                if (object.raw != null)
                    if (object.raw)
                        message.raw = $Boolean(object.raw);
                if (object.versions) {
                    if (!$Array.isArray(object.versions))
                        throw $TypeError(".zfsync.v1.OfferedDataset.versions: array expected");
                    message.versions = $Array(object.versions.length);
                    for (let i = 0; i < object.versions.length; ++i) {
                        if (!$util.isObject(object.versions[i]))
                            throw $TypeError(".zfsync.v1.OfferedDataset.versions: object expected");
                        message.versions[i] = $root.zfsync.v1.Version.fromObject(object.versions[i], _depth + 1);
                    }
                }
                if (object.continued != null)
                    if (object.continued)
                        message.continued = $Boolean(object.continued);
                if (object.largeBlocks != null)
                    if (object.largeBlocks)
                        message.largeBlocks = $Boolean(object.largeBlocks);
                if (object.compressed != null)
                    if (object.compressed)
                        message.compressed = $Boolean(object.compressed);
                if (object.embedded != null)
                    if (object.embedded)
                        message.embedded = $Boolean(object.embedded);
                if (object.properties) {
                    if (!$Array.isArray(object.properties))
                        throw $TypeError(".zfsync.v1.OfferedDataset.properties: array expected");
                    message.properties = $Array(object.properties.length);
                    for (let i = 0; i < object.properties.length; ++i) {
                        if (!$util.isObject(object.properties[i]))
                            throw $TypeError(".zfsync.v1.OfferedDataset.properties: object expected");
                        message.properties[i] = $root.zfsync.v1.OfferedProperty.fromObject(object.properties[i], _depth + 1);
                    }
                }
                if (object.origin != null) {
                    if (!$util.isObject(object.origin))
                        throw $TypeError(".zfsync.v1.OfferedDataset.origin: object expected");
                    message.origin = $root.zfsync.v1.Origin.fromObject(object.origin, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from an OfferedDataset message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.OfferedDataset
             * @static
             * @param {zfsync.v1.OfferedDataset} message OfferedDataset
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            OfferedDataset.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.versions = [];
                    object.properties = [];
                }
                if (options.defaults) {
                    object.path = "";
                    object.datasetType = options.enums === $String ? "DATASET_TYPE_UNSPECIFIED" : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.guid = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.guid = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.encrypted = false;
                    object.raw = false;
                    object.continued = false;
                    object.largeBlocks = false;
                    object.compressed = false;
                    object.embedded = false;
                }
                if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                    object.path = message.path;
                if (message.datasetType != null && $Object.hasOwnProperty.call(message, "datasetType"))
                    object.datasetType = options.enums === $String ? $root.zfsync.v1.DatasetType[message.datasetType] === $undefined ? message.datasetType : $root.zfsync.v1.DatasetType[message.datasetType] : message.datasetType;
                if (message.guid != null && $Object.hasOwnProperty.call(message, "guid"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.guid = typeof message.guid === "number" ? $BigInt(message.guid) : $util.Long.fromBits(message.guid.low >>> 0, message.guid.high >>> 0, true).toBigInt();
                    else if (typeof message.guid === "number")
                        object.guid = options.longs === $String ? $String(message.guid) : message.guid;
                    else
                        object.guid = options.longs === $String ? $util.Long.prototype.toString.call(message.guid) : options.longs === $Number ? new $util.LongBits(message.guid.low >>> 0, message.guid.high >>> 0).toNumber(true) : message.guid;
                if (message.encrypted != null && $Object.hasOwnProperty.call(message, "encrypted"))
                    object.encrypted = message.encrypted;
                if (message.raw != null && $Object.hasOwnProperty.call(message, "raw"))
                    object.raw = message.raw;
                if (message.versions && message.versions.length) {
                    object.versions = $Array(message.versions.length);
                    for (let j = 0; j < message.versions.length; ++j)
                        object.versions[j] = $root.zfsync.v1.Version.toObject(message.versions[j], options, _depth + 1);
                }
                if (message.continued != null && $Object.hasOwnProperty.call(message, "continued"))
                    object.continued = message.continued;
                if (message.largeBlocks != null && $Object.hasOwnProperty.call(message, "largeBlocks"))
                    object.largeBlocks = message.largeBlocks;
                if (message.compressed != null && $Object.hasOwnProperty.call(message, "compressed"))
                    object.compressed = message.compressed;
                if (message.embedded != null && $Object.hasOwnProperty.call(message, "embedded"))
                    object.embedded = message.embedded;
                if (message.properties && message.properties.length) {
                    object.properties = $Array(message.properties.length);
                    for (let j = 0; j < message.properties.length; ++j)
                        object.properties[j] = $root.zfsync.v1.OfferedProperty.toObject(message.properties[j], options, _depth + 1);
                }
                if (message.origin != null && $Object.hasOwnProperty.call(message, "origin"))
                    object.origin = $root.zfsync.v1.Origin.toObject(message.origin, options, _depth + 1);
                return object;
            };

            /**
             * Converts this OfferedDataset to JSON.
             * @function toJSON
             * @memberof zfsync.v1.OfferedDataset
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            OfferedDataset.prototype.toJSON = function() {
                return OfferedDataset.toObject(this, $protobuf.util.toJSONOptions);
            };

            return OfferedDataset;
        })();

        /**
         * RenameMode enum.
         * @name zfsync.v1.RenameMode
         * @enum {number}
         * @property {number} RENAME_MODE_IGNORE=0 RENAME_MODE_IGNORE value
         * @property {number} RENAME_MODE_ASK=1 RENAME_MODE_ASK value
         * @property {number} RENAME_MODE_PLAN=2 RENAME_MODE_PLAN value
         * @property {number} RENAME_MODE_FOLLOW=3 RENAME_MODE_FOLLOW value
         */
        v1.RenameMode = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "RENAME_MODE_IGNORE"] = 0;
            values[valuesById[1] = "RENAME_MODE_ASK"] = 1;
            values[valuesById[2] = "RENAME_MODE_PLAN"] = 2;
            values[valuesById[3] = "RENAME_MODE_FOLLOW"] = 3;
            return values;
        })();

        v1.Offer = (function() {

            /**
             * Properties of an Offer.
             * @typedef {Object} zfsync.v1.Offer.$Properties
             * @property {number} [page] Offer page
             * @property {boolean} [last] Offer last
             * @property {Array.<zfsync.v1.OfferedDataset.$Properties>} [datasets] Offer datasets
             * @property {Array.<string>} [leftOut] Offer leftOut
             * @property {zfsync.v1.RenameMode} [renames] Offer renames
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Offer.
             * @memberof zfsync.v1
             * @interface IOffer
             * @augments zfsync.v1.Offer.$Properties
             * @deprecated Use zfsync.v1.Offer.$Properties instead.
             */

            /**
             * Shape of an Offer.
             * @typedef {zfsync.v1.Offer.$Properties} zfsync.v1.Offer.$Shape
             */

            /**
             * Constructs a new Offer.
             * @memberof zfsync.v1
             * @classdesc Represents an Offer.
             * @constructor
             * @param {zfsync.v1.Offer.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Offer = function (properties) {
                this.datasets = [];
                this.leftOut = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Offer page.
             * @member {number} page
             * @memberof zfsync.v1.Offer
             * @instance
             */
            Offer.prototype.page = 0;

            /**
             * Offer last.
             * @member {boolean} last
             * @memberof zfsync.v1.Offer
             * @instance
             */
            Offer.prototype.last = false;

            /**
             * Offer datasets.
             * @member {Array.<zfsync.v1.OfferedDataset>} datasets
             * @memberof zfsync.v1.Offer
             * @instance
             */
            Offer.prototype.datasets = $util.emptyArray;

            /**
             * Offer leftOut.
             * @member {Array.<string>} leftOut
             * @memberof zfsync.v1.Offer
             * @instance
             */
            Offer.prototype.leftOut = $util.emptyArray;

            /**
             * Offer renames.
             * @member {zfsync.v1.RenameMode} renames
             * @memberof zfsync.v1.Offer
             * @instance
             */
            Offer.prototype.renames = 0;

            /**
             * Creates a new Offer instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.Offer
             * @static
             * @param {zfsync.v1.Offer.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.Offer} Offer instance
             * @type {{
             *   (properties: zfsync.v1.Offer.$Shape): zfsync.v1.Offer & zfsync.v1.Offer.$Shape;
             *   (properties?: zfsync.v1.Offer.$Properties): zfsync.v1.Offer;
             * }}
             */
            Offer.create = function(properties) {
                return new Offer(properties);
            };

            /**
             * Encodes the specified Offer message. Does not implicitly {@link zfsync.v1.Offer.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.Offer
             * @static
             * @param {zfsync.v1.Offer.$Properties} message Offer message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Offer.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.page != null && $Object.hasOwnProperty.call(message, "page") && message.page !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.page);
                if (message.last != null && $Object.hasOwnProperty.call(message, "last") && message.last !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.last);
                if (message.datasets != null && message.datasets.length)
                    for (let i = 0; i < message.datasets.length; ++i)
                        $root.zfsync.v1.OfferedDataset.encode(message.datasets[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.leftOut != null && message.leftOut.length)
                    for (let i = 0; i < message.leftOut.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.leftOut[i]);
                if (message.renames != null && $Object.hasOwnProperty.call(message, "renames") && message.renames !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).int32(message.renames);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Offer message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.Offer
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.Offer & zfsync.v1.Offer.$Shape} Offer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Offer.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.Offer();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.page = value;
                            else
                                delete message.page;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.last = value;
                            else
                                delete message.last;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.datasets && message.datasets.length))
                                message.datasets = [];
                            message.datasets.push($root.zfsync.v1.OfferedDataset.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.leftOut && message.leftOut.length))
                                message.leftOut = [];
                            message.leftOut.push(reader.stringVerify());
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.renames = value;
                            else
                                delete message.renames;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies an Offer message.
             * @function verify
             * @memberof zfsync.v1.Offer
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Offer.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.page != null && $Object.hasOwnProperty.call(message, "page"))
                    if (!$util.isInteger(message.page))
                        return "page: integer expected";
                if (message.last != null && $Object.hasOwnProperty.call(message, "last"))
                    if (typeof message.last !== "boolean")
                        return "last: boolean expected";
                if (message.datasets != null && $Object.hasOwnProperty.call(message, "datasets")) {
                    if (!$Array.isArray(message.datasets))
                        return "datasets: array expected";
                    for (let i = 0; i < message.datasets.length; ++i) {
                        let error = $root.zfsync.v1.OfferedDataset.verify(message.datasets[i], _depth + 1);
                        if (error)
                            return "datasets." + error;
                    }
                }
                if (message.leftOut != null && $Object.hasOwnProperty.call(message, "leftOut")) {
                    if (!$Array.isArray(message.leftOut))
                        return "leftOut: array expected";
                    for (let i = 0; i < message.leftOut.length; ++i)
                        if (!$util.isString(message.leftOut[i]))
                            return "leftOut: string[] expected";
                }
                if (message.renames != null && $Object.hasOwnProperty.call(message, "renames"))
                    if (typeof message.renames !== "number" || (message.renames | 0) !== message.renames)
                        return "renames: enum value expected";
                return null;
            };

            /**
             * Creates an Offer message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.Offer
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.Offer} Offer
             */
            Offer.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.Offer)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.Offer: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.Offer();
                if (object.page != null)
                    if ($Number(object.page) !== 0)
                        message.page = object.page >>> 0;
                if (object.last != null)
                    if (object.last)
                        message.last = $Boolean(object.last);
                if (object.datasets) {
                    if (!$Array.isArray(object.datasets))
                        throw $TypeError(".zfsync.v1.Offer.datasets: array expected");
                    message.datasets = $Array(object.datasets.length);
                    for (let i = 0; i < object.datasets.length; ++i) {
                        if (!$util.isObject(object.datasets[i]))
                            throw $TypeError(".zfsync.v1.Offer.datasets: object expected");
                        message.datasets[i] = $root.zfsync.v1.OfferedDataset.fromObject(object.datasets[i], _depth + 1);
                    }
                }
                if (object.leftOut) {
                    if (!$Array.isArray(object.leftOut))
                        throw $TypeError(".zfsync.v1.Offer.leftOut: array expected");
                    message.leftOut = $Array(object.leftOut.length);
                    for (let i = 0; i < object.leftOut.length; ++i)
                        message.leftOut[i] = $String(object.leftOut[i]);
                }
                if (object.renames !== 0 && (typeof object.renames !== "string" || $root.zfsync.v1.RenameMode[object.renames] !== 0))
                    switch (object.renames) {
                    case "RENAME_MODE_IGNORE":
                    case 0:
                        message.renames = 0;
                        break;
                    case "RENAME_MODE_ASK":
                    case 1:
                        message.renames = 1;
                        break;
                    case "RENAME_MODE_PLAN":
                    case 2:
                        message.renames = 2;
                        break;
                    case "RENAME_MODE_FOLLOW":
                    case 3:
                        message.renames = 3;
                        break;
                    default:
                        if (typeof object.renames === "number" && (object.renames | 0) === object.renames)
                            message.renames = object.renames;
                    }
                return message;
            };

            /**
             * Creates a plain object from an Offer message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.Offer
             * @static
             * @param {zfsync.v1.Offer} message Offer
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Offer.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.datasets = [];
                    object.leftOut = [];
                }
                if (options.defaults) {
                    object.page = 0;
                    object.last = false;
                    object.renames = options.enums === $String ? "RENAME_MODE_IGNORE" : 0;
                }
                if (message.page != null && $Object.hasOwnProperty.call(message, "page"))
                    object.page = message.page;
                if (message.last != null && $Object.hasOwnProperty.call(message, "last"))
                    object.last = message.last;
                if (message.datasets && message.datasets.length) {
                    object.datasets = $Array(message.datasets.length);
                    for (let j = 0; j < message.datasets.length; ++j)
                        object.datasets[j] = $root.zfsync.v1.OfferedDataset.toObject(message.datasets[j], options, _depth + 1);
                }
                if (message.leftOut && message.leftOut.length) {
                    object.leftOut = $Array(message.leftOut.length);
                    for (let j = 0; j < message.leftOut.length; ++j)
                        object.leftOut[j] = message.leftOut[j];
                }
                if (message.renames != null && $Object.hasOwnProperty.call(message, "renames"))
                    object.renames = options.enums === $String ? $root.zfsync.v1.RenameMode[message.renames] === $undefined ? message.renames : $root.zfsync.v1.RenameMode[message.renames] : message.renames;
                return object;
            };

            /**
             * Converts this Offer to JSON.
             * @function toJSON
             * @memberof zfsync.v1.Offer
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Offer.prototype.toJSON = function() {
                return Offer.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Offer;
        })();

        /**
         * ConflictKind enum.
         * @name zfsync.v1.ConflictKind
         * @enum {number}
         * @property {number} CONFLICT_KIND_UNSPECIFIED=0 CONFLICT_KIND_UNSPECIFIED value
         * @property {number} CONFLICT_KIND_NO_COMMON_VERSION=1 CONFLICT_KIND_NO_COMMON_VERSION value
         * @property {number} CONFLICT_KIND_TARGET_DIVERGED=2 CONFLICT_KIND_TARGET_DIVERGED value
         * @property {number} CONFLICT_KIND_TARGET_HAS_DATA=3 CONFLICT_KIND_TARGET_HAS_DATA value
         * @property {number} CONFLICT_KIND_TYPE_MISMATCH=4 CONFLICT_KIND_TYPE_MISMATCH value
         * @property {number} CONFLICT_KIND_PARKED_AND_IN_PLACE=6 CONFLICT_KIND_PARKED_AND_IN_PLACE value
         * @property {number} CONFLICT_KIND_TARGET_NOT_REPLACEABLE=7 CONFLICT_KIND_TARGET_NOT_REPLACEABLE value
         * @property {number} CONFLICT_KIND_SNAPSHOT_NAME_TAKEN=8 CONFLICT_KIND_SNAPSHOT_NAME_TAKEN value
         * @property {number} CONFLICT_KIND_TARGET_MODIFIED=9 CONFLICT_KIND_TARGET_MODIFIED value
         * @property {number} CONFLICT_KIND_ENCRYPTION_MISMATCH=10 CONFLICT_KIND_ENCRYPTION_MISMATCH value
         * @property {number} CONFLICT_KIND_KEY_CHANGED=11 CONFLICT_KIND_KEY_CHANGED value
         * @property {number} CONFLICT_KIND_RENAMED=12 CONFLICT_KIND_RENAMED value
         */
        v1.ConflictKind = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "CONFLICT_KIND_UNSPECIFIED"] = 0;
            values[valuesById[1] = "CONFLICT_KIND_NO_COMMON_VERSION"] = 1;
            values[valuesById[2] = "CONFLICT_KIND_TARGET_DIVERGED"] = 2;
            values[valuesById[3] = "CONFLICT_KIND_TARGET_HAS_DATA"] = 3;
            values[valuesById[4] = "CONFLICT_KIND_TYPE_MISMATCH"] = 4;
            values[valuesById[6] = "CONFLICT_KIND_PARKED_AND_IN_PLACE"] = 6;
            values[valuesById[7] = "CONFLICT_KIND_TARGET_NOT_REPLACEABLE"] = 7;
            values[valuesById[8] = "CONFLICT_KIND_SNAPSHOT_NAME_TAKEN"] = 8;
            values[valuesById[9] = "CONFLICT_KIND_TARGET_MODIFIED"] = 9;
            values[valuesById[10] = "CONFLICT_KIND_ENCRYPTION_MISMATCH"] = 10;
            values[valuesById[11] = "CONFLICT_KIND_KEY_CHANGED"] = 11;
            values[valuesById[12] = "CONFLICT_KIND_RENAMED"] = 12;
            return values;
        })();

        v1.UpToDate = (function() {

            /**
             * Properties of an UpToDate.
             * @typedef {Object} zfsync.v1.UpToDate.$Properties
             * @property {Long} [newest] UpToDate newest
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an UpToDate.
             * @memberof zfsync.v1
             * @interface IUpToDate
             * @augments zfsync.v1.UpToDate.$Properties
             * @deprecated Use zfsync.v1.UpToDate.$Properties instead.
             */

            /**
             * Shape of an UpToDate.
             * @typedef {zfsync.v1.UpToDate.$Properties} zfsync.v1.UpToDate.$Shape
             */

            /**
             * Constructs a new UpToDate.
             * @memberof zfsync.v1
             * @classdesc Represents an UpToDate.
             * @constructor
             * @param {zfsync.v1.UpToDate.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const UpToDate = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * UpToDate newest.
             * @member {Long} newest
             * @memberof zfsync.v1.UpToDate
             * @instance
             */
            UpToDate.prototype.newest = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new UpToDate instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.UpToDate
             * @static
             * @param {zfsync.v1.UpToDate.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.UpToDate} UpToDate instance
             * @type {{
             *   (properties: zfsync.v1.UpToDate.$Shape): zfsync.v1.UpToDate & zfsync.v1.UpToDate.$Shape;
             *   (properties?: zfsync.v1.UpToDate.$Properties): zfsync.v1.UpToDate;
             * }}
             */
            UpToDate.create = function(properties) {
                return new UpToDate(properties);
            };

            /**
             * Encodes the specified UpToDate message. Does not implicitly {@link zfsync.v1.UpToDate.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.UpToDate
             * @static
             * @param {zfsync.v1.UpToDate.$Properties} message UpToDate message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            UpToDate.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.newest != null && $Object.hasOwnProperty.call(message, "newest") && (typeof message.newest === "object" ? message.newest.low || message.newest.high : message.newest !== 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).fixed64(message.newest);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an UpToDate message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.UpToDate
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.UpToDate & zfsync.v1.UpToDate.$Shape} UpToDate
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            UpToDate.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.UpToDate();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.fixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.newest = value;
                            else
                                delete message.newest;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies an UpToDate message.
             * @function verify
             * @memberof zfsync.v1.UpToDate
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            UpToDate.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.newest != null && $Object.hasOwnProperty.call(message, "newest"))
                    if (!$util.isInteger(message.newest) && !(message.newest && $util.isInteger(message.newest.low) && $util.isInteger(message.newest.high)))
                        return "newest: integer|Long expected";
                return null;
            };

            /**
             * Creates an UpToDate message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.UpToDate
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.UpToDate} UpToDate
             */
            UpToDate.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.UpToDate)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.UpToDate: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.UpToDate();
                if (object.newest != null)
                    if (typeof object.newest === "object" ? object.newest.low || object.newest.high : $Number(object.newest) !== 0)
                        if ($util.Long)
                            message.newest = $util.Long.fromValue(object.newest, true);
                        else if (typeof object.newest === "string")
                            message.newest = $parseInt(object.newest, 10);
                        else if (typeof object.newest === "number")
                            message.newest = object.newest;
                        else if (typeof object.newest === "object")
                            message.newest = new $util.LongBits(object.newest.low >>> 0, object.newest.high >>> 0).toNumber(true);
                return message;
            };

            /**
             * Creates a plain object from an UpToDate message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.UpToDate
             * @static
             * @param {zfsync.v1.UpToDate} message UpToDate
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            UpToDate.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.newest = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.newest = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                if (message.newest != null && $Object.hasOwnProperty.call(message, "newest"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.newest = typeof message.newest === "number" ? $BigInt(message.newest) : $util.Long.fromBits(message.newest.low >>> 0, message.newest.high >>> 0, true).toBigInt();
                    else if (typeof message.newest === "number")
                        object.newest = options.longs === $String ? $String(message.newest) : message.newest;
                    else
                        object.newest = options.longs === $String ? $util.Long.prototype.toString.call(message.newest) : options.longs === $Number ? new $util.LongBits(message.newest.low >>> 0, message.newest.high >>> 0).toNumber(true) : message.newest;
                return object;
            };

            /**
             * Converts this UpToDate to JSON.
             * @function toJSON
             * @memberof zfsync.v1.UpToDate
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            UpToDate.prototype.toJSON = function() {
                return UpToDate.toObject(this, $protobuf.util.toJSONOptions);
            };

            return UpToDate;
        })();

        v1.Full = (function() {

            /**
             * Properties of a Full.
             * @typedef {Object} zfsync.v1.Full.$Properties
             * @property {Long} [oldest] Full oldest
             * @property {Long} [newest] Full newest
             * @property {boolean} [adopt] Full adopt
             * @property {string|null} [aside] Full aside
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Full.
             * @memberof zfsync.v1
             * @interface IFull
             * @augments zfsync.v1.Full.$Properties
             * @deprecated Use zfsync.v1.Full.$Properties instead.
             */

            /**
             * Shape of a Full.
             * @typedef {zfsync.v1.Full.$Properties} zfsync.v1.Full.$Shape
             */

            /**
             * Constructs a new Full.
             * @memberof zfsync.v1
             * @classdesc Represents a Full.
             * @constructor
             * @param {zfsync.v1.Full.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Full = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Full oldest.
             * @member {Long} oldest
             * @memberof zfsync.v1.Full
             * @instance
             */
            Full.prototype.oldest = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Full newest.
             * @member {Long} newest
             * @memberof zfsync.v1.Full
             * @instance
             */
            Full.prototype.newest = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Full adopt.
             * @member {boolean} adopt
             * @memberof zfsync.v1.Full
             * @instance
             */
            Full.prototype.adopt = false;

            /**
             * Full aside.
             * @member {string|null} aside
             * @memberof zfsync.v1.Full
             * @instance
             */
            Full.prototype.aside = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Full.prototype, "_aside", {
                get: $util.oneOfGetter($oneOfFields = ["aside"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new Full instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.Full
             * @static
             * @param {zfsync.v1.Full.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.Full} Full instance
             * @type {{
             *   (properties: zfsync.v1.Full.$Shape): zfsync.v1.Full & zfsync.v1.Full.$Shape;
             *   (properties?: zfsync.v1.Full.$Properties): zfsync.v1.Full;
             * }}
             */
            Full.create = function(properties) {
                return new Full(properties);
            };

            /**
             * Encodes the specified Full message. Does not implicitly {@link zfsync.v1.Full.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.Full
             * @static
             * @param {zfsync.v1.Full.$Properties} message Full message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Full.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.oldest != null && $Object.hasOwnProperty.call(message, "oldest") && (typeof message.oldest === "object" ? message.oldest.low || message.oldest.high : message.oldest !== 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).fixed64(message.oldest);
                if (message.newest != null && $Object.hasOwnProperty.call(message, "newest") && (typeof message.newest === "object" ? message.newest.low || message.newest.high : message.newest !== 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).fixed64(message.newest);
                if (message.adopt != null && $Object.hasOwnProperty.call(message, "adopt") && message.adopt !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.adopt);
                if (message.aside != null && $Object.hasOwnProperty.call(message, "aside"))
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.aside);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Full message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.Full
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.Full & zfsync.v1.Full.$Shape} Full
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Full.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.Full();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.fixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.oldest = value;
                            else
                                delete message.oldest;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.fixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.newest = value;
                            else
                                delete message.newest;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.adopt = value;
                            else
                                delete message.adopt;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.aside = reader.stringVerify();
                            message._aside = "aside";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Full message.
             * @function verify
             * @memberof zfsync.v1.Full
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Full.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                let properties = {};
                if (message.oldest != null && $Object.hasOwnProperty.call(message, "oldest"))
                    if (!$util.isInteger(message.oldest) && !(message.oldest && $util.isInteger(message.oldest.low) && $util.isInteger(message.oldest.high)))
                        return "oldest: integer|Long expected";
                if (message.newest != null && $Object.hasOwnProperty.call(message, "newest"))
                    if (!$util.isInteger(message.newest) && !(message.newest && $util.isInteger(message.newest.low) && $util.isInteger(message.newest.high)))
                        return "newest: integer|Long expected";
                if (message.adopt != null && $Object.hasOwnProperty.call(message, "adopt"))
                    if (typeof message.adopt !== "boolean")
                        return "adopt: boolean expected";
                if (message.aside != null && $Object.hasOwnProperty.call(message, "aside")) {
                    properties._aside = 1;
                    if (!$util.isString(message.aside))
                        return "aside: string expected";
                }
                return null;
            };

            /**
             * Creates a Full message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.Full
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.Full} Full
             */
            Full.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.Full)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.Full: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.Full();
                if (object.oldest != null)
                    if (typeof object.oldest === "object" ? object.oldest.low || object.oldest.high : $Number(object.oldest) !== 0)
                        if ($util.Long)
                            message.oldest = $util.Long.fromValue(object.oldest, true);
                        else if (typeof object.oldest === "string")
                            message.oldest = $parseInt(object.oldest, 10);
                        else if (typeof object.oldest === "number")
                            message.oldest = object.oldest;
                        else if (typeof object.oldest === "object")
                            message.oldest = new $util.LongBits(object.oldest.low >>> 0, object.oldest.high >>> 0).toNumber(true);
                if (object.newest != null)
                    if (typeof object.newest === "object" ? object.newest.low || object.newest.high : $Number(object.newest) !== 0)
                        if ($util.Long)
                            message.newest = $util.Long.fromValue(object.newest, true);
                        else if (typeof object.newest === "string")
                            message.newest = $parseInt(object.newest, 10);
                        else if (typeof object.newest === "number")
                            message.newest = object.newest;
                        else if (typeof object.newest === "object")
                            message.newest = new $util.LongBits(object.newest.low >>> 0, object.newest.high >>> 0).toNumber(true);
                if (object.adopt != null)
                    if (object.adopt)
                        message.adopt = $Boolean(object.adopt);
                if (object.aside != null)
                    message.aside = $String(object.aside);
                return message;
            };

            /**
             * Creates a plain object from a Full message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.Full
             * @static
             * @param {zfsync.v1.Full} message Full
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Full.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.oldest = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.oldest = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.newest = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.newest = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.adopt = false;
                }
                if (message.oldest != null && $Object.hasOwnProperty.call(message, "oldest"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.oldest = typeof message.oldest === "number" ? $BigInt(message.oldest) : $util.Long.fromBits(message.oldest.low >>> 0, message.oldest.high >>> 0, true).toBigInt();
                    else if (typeof message.oldest === "number")
                        object.oldest = options.longs === $String ? $String(message.oldest) : message.oldest;
                    else
                        object.oldest = options.longs === $String ? $util.Long.prototype.toString.call(message.oldest) : options.longs === $Number ? new $util.LongBits(message.oldest.low >>> 0, message.oldest.high >>> 0).toNumber(true) : message.oldest;
                if (message.newest != null && $Object.hasOwnProperty.call(message, "newest"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.newest = typeof message.newest === "number" ? $BigInt(message.newest) : $util.Long.fromBits(message.newest.low >>> 0, message.newest.high >>> 0, true).toBigInt();
                    else if (typeof message.newest === "number")
                        object.newest = options.longs === $String ? $String(message.newest) : message.newest;
                    else
                        object.newest = options.longs === $String ? $util.Long.prototype.toString.call(message.newest) : options.longs === $Number ? new $util.LongBits(message.newest.low >>> 0, message.newest.high >>> 0).toNumber(true) : message.newest;
                if (message.adopt != null && $Object.hasOwnProperty.call(message, "adopt"))
                    object.adopt = message.adopt;
                if (message.aside != null && $Object.hasOwnProperty.call(message, "aside"))
                    object.aside = message.aside;
                return object;
            };

            /**
             * Converts this Full to JSON.
             * @function toJSON
             * @memberof zfsync.v1.Full
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Full.prototype.toJSON = function() {
                return Full.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Full;
        })();

        v1.Incremental = (function() {

            /**
             * Properties of an Incremental.
             * @typedef {Object} zfsync.v1.Incremental.$Properties
             * @property {Long} [from] Incremental from
             * @property {Long} [to] Incremental to
             * @property {boolean} [rollback] Incremental rollback
             * @property {Long} [targetWritten] Incremental targetWritten
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Incremental.
             * @memberof zfsync.v1
             * @interface IIncremental
             * @augments zfsync.v1.Incremental.$Properties
             * @deprecated Use zfsync.v1.Incremental.$Properties instead.
             */

            /**
             * Shape of an Incremental.
             * @typedef {zfsync.v1.Incremental.$Properties} zfsync.v1.Incremental.$Shape
             */

            /**
             * Constructs a new Incremental.
             * @memberof zfsync.v1
             * @classdesc Represents an Incremental.
             * @constructor
             * @param {zfsync.v1.Incremental.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Incremental = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Incremental from.
             * @member {Long} from
             * @memberof zfsync.v1.Incremental
             * @instance
             */
            Incremental.prototype.from = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Incremental to.
             * @member {Long} to
             * @memberof zfsync.v1.Incremental
             * @instance
             */
            Incremental.prototype.to = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Incremental rollback.
             * @member {boolean} rollback
             * @memberof zfsync.v1.Incremental
             * @instance
             */
            Incremental.prototype.rollback = false;

            /**
             * Incremental targetWritten.
             * @member {Long} targetWritten
             * @memberof zfsync.v1.Incremental
             * @instance
             */
            Incremental.prototype.targetWritten = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new Incremental instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.Incremental
             * @static
             * @param {zfsync.v1.Incremental.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.Incremental} Incremental instance
             * @type {{
             *   (properties: zfsync.v1.Incremental.$Shape): zfsync.v1.Incremental & zfsync.v1.Incremental.$Shape;
             *   (properties?: zfsync.v1.Incremental.$Properties): zfsync.v1.Incremental;
             * }}
             */
            Incremental.create = function(properties) {
                return new Incremental(properties);
            };

            /**
             * Encodes the specified Incremental message. Does not implicitly {@link zfsync.v1.Incremental.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.Incremental
             * @static
             * @param {zfsync.v1.Incremental.$Properties} message Incremental message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Incremental.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.from != null && $Object.hasOwnProperty.call(message, "from") && (typeof message.from === "object" ? message.from.low || message.from.high : message.from !== 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).fixed64(message.from);
                if (message.to != null && $Object.hasOwnProperty.call(message, "to") && (typeof message.to === "object" ? message.to.low || message.to.high : message.to !== 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).fixed64(message.to);
                if (message.rollback != null && $Object.hasOwnProperty.call(message, "rollback") && message.rollback !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.rollback);
                if (message.targetWritten != null && $Object.hasOwnProperty.call(message, "targetWritten") && (typeof message.targetWritten === "object" ? message.targetWritten.low || message.targetWritten.high : message.targetWritten !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.targetWritten);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Incremental message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.Incremental
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.Incremental & zfsync.v1.Incremental.$Shape} Incremental
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Incremental.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.Incremental();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.fixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.from = value;
                            else
                                delete message.from;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.fixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.to = value;
                            else
                                delete message.to;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.rollback = value;
                            else
                                delete message.rollback;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.targetWritten = value;
                            else
                                delete message.targetWritten;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies an Incremental message.
             * @function verify
             * @memberof zfsync.v1.Incremental
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Incremental.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.from != null && $Object.hasOwnProperty.call(message, "from"))
                    if (!$util.isInteger(message.from) && !(message.from && $util.isInteger(message.from.low) && $util.isInteger(message.from.high)))
                        return "from: integer|Long expected";
                if (message.to != null && $Object.hasOwnProperty.call(message, "to"))
                    if (!$util.isInteger(message.to) && !(message.to && $util.isInteger(message.to.low) && $util.isInteger(message.to.high)))
                        return "to: integer|Long expected";
                if (message.rollback != null && $Object.hasOwnProperty.call(message, "rollback"))
                    if (typeof message.rollback !== "boolean")
                        return "rollback: boolean expected";
                if (message.targetWritten != null && $Object.hasOwnProperty.call(message, "targetWritten"))
                    if (!$util.isInteger(message.targetWritten) && !(message.targetWritten && $util.isInteger(message.targetWritten.low) && $util.isInteger(message.targetWritten.high)))
                        return "targetWritten: integer|Long expected";
                return null;
            };

            /**
             * Creates an Incremental message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.Incremental
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.Incremental} Incremental
             */
            Incremental.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.Incremental)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.Incremental: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.Incremental();
                if (object.from != null)
                    if (typeof object.from === "object" ? object.from.low || object.from.high : $Number(object.from) !== 0)
                        if ($util.Long)
                            message.from = $util.Long.fromValue(object.from, true);
                        else if (typeof object.from === "string")
                            message.from = $parseInt(object.from, 10);
                        else if (typeof object.from === "number")
                            message.from = object.from;
                        else if (typeof object.from === "object")
                            message.from = new $util.LongBits(object.from.low >>> 0, object.from.high >>> 0).toNumber(true);
                if (object.to != null)
                    if (typeof object.to === "object" ? object.to.low || object.to.high : $Number(object.to) !== 0)
                        if ($util.Long)
                            message.to = $util.Long.fromValue(object.to, true);
                        else if (typeof object.to === "string")
                            message.to = $parseInt(object.to, 10);
                        else if (typeof object.to === "number")
                            message.to = object.to;
                        else if (typeof object.to === "object")
                            message.to = new $util.LongBits(object.to.low >>> 0, object.to.high >>> 0).toNumber(true);
                if (object.rollback != null)
                    if (object.rollback)
                        message.rollback = $Boolean(object.rollback);
                if (object.targetWritten != null)
                    if (typeof object.targetWritten === "object" ? object.targetWritten.low || object.targetWritten.high : $Number(object.targetWritten) !== 0)
                        if ($util.Long)
                            message.targetWritten = $util.Long.fromValue(object.targetWritten, true);
                        else if (typeof object.targetWritten === "string")
                            message.targetWritten = $parseInt(object.targetWritten, 10);
                        else if (typeof object.targetWritten === "number")
                            message.targetWritten = object.targetWritten;
                        else if (typeof object.targetWritten === "object")
                            message.targetWritten = new $util.LongBits(object.targetWritten.low >>> 0, object.targetWritten.high >>> 0).toNumber(true);
                return message;
            };

            /**
             * Creates a plain object from an Incremental message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.Incremental
             * @static
             * @param {zfsync.v1.Incremental} message Incremental
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Incremental.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.from = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.from = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.to = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.to = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.rollback = false;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.targetWritten = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.targetWritten = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                }
                if (message.from != null && $Object.hasOwnProperty.call(message, "from"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.from = typeof message.from === "number" ? $BigInt(message.from) : $util.Long.fromBits(message.from.low >>> 0, message.from.high >>> 0, true).toBigInt();
                    else if (typeof message.from === "number")
                        object.from = options.longs === $String ? $String(message.from) : message.from;
                    else
                        object.from = options.longs === $String ? $util.Long.prototype.toString.call(message.from) : options.longs === $Number ? new $util.LongBits(message.from.low >>> 0, message.from.high >>> 0).toNumber(true) : message.from;
                if (message.to != null && $Object.hasOwnProperty.call(message, "to"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.to = typeof message.to === "number" ? $BigInt(message.to) : $util.Long.fromBits(message.to.low >>> 0, message.to.high >>> 0, true).toBigInt();
                    else if (typeof message.to === "number")
                        object.to = options.longs === $String ? $String(message.to) : message.to;
                    else
                        object.to = options.longs === $String ? $util.Long.prototype.toString.call(message.to) : options.longs === $Number ? new $util.LongBits(message.to.low >>> 0, message.to.high >>> 0).toNumber(true) : message.to;
                if (message.rollback != null && $Object.hasOwnProperty.call(message, "rollback"))
                    object.rollback = message.rollback;
                if (message.targetWritten != null && $Object.hasOwnProperty.call(message, "targetWritten"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.targetWritten = typeof message.targetWritten === "number" ? $BigInt(message.targetWritten) : $util.Long.fromBits(message.targetWritten.low >>> 0, message.targetWritten.high >>> 0, true).toBigInt();
                    else if (typeof message.targetWritten === "number")
                        object.targetWritten = options.longs === $String ? $String(message.targetWritten) : message.targetWritten;
                    else
                        object.targetWritten = options.longs === $String ? $util.Long.prototype.toString.call(message.targetWritten) : options.longs === $Number ? new $util.LongBits(message.targetWritten.low >>> 0, message.targetWritten.high >>> 0).toNumber(true) : message.targetWritten;
                return object;
            };

            /**
             * Converts this Incremental to JSON.
             * @function toJSON
             * @memberof zfsync.v1.Incremental
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Incremental.prototype.toJSON = function() {
                return Incremental.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Incremental;
        })();

        v1.Clone = (function() {

            /**
             * Properties of a Clone.
             * @typedef {Object} zfsync.v1.Clone.$Properties
             * @property {Long} [from] Clone from
             * @property {Long} [to] Clone to
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Clone.
             * @memberof zfsync.v1
             * @interface IClone
             * @augments zfsync.v1.Clone.$Properties
             * @deprecated Use zfsync.v1.Clone.$Properties instead.
             */

            /**
             * Shape of a Clone.
             * @typedef {zfsync.v1.Clone.$Properties} zfsync.v1.Clone.$Shape
             */

            /**
             * Constructs a new Clone.
             * @memberof zfsync.v1
             * @classdesc Represents a Clone.
             * @constructor
             * @param {zfsync.v1.Clone.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Clone = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Clone from.
             * @member {Long} from
             * @memberof zfsync.v1.Clone
             * @instance
             */
            Clone.prototype.from = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Clone to.
             * @member {Long} to
             * @memberof zfsync.v1.Clone
             * @instance
             */
            Clone.prototype.to = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new Clone instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.Clone
             * @static
             * @param {zfsync.v1.Clone.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.Clone} Clone instance
             * @type {{
             *   (properties: zfsync.v1.Clone.$Shape): zfsync.v1.Clone & zfsync.v1.Clone.$Shape;
             *   (properties?: zfsync.v1.Clone.$Properties): zfsync.v1.Clone;
             * }}
             */
            Clone.create = function(properties) {
                return new Clone(properties);
            };

            /**
             * Encodes the specified Clone message. Does not implicitly {@link zfsync.v1.Clone.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.Clone
             * @static
             * @param {zfsync.v1.Clone.$Properties} message Clone message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Clone.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.from != null && $Object.hasOwnProperty.call(message, "from") && (typeof message.from === "object" ? message.from.low || message.from.high : message.from !== 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).fixed64(message.from);
                if (message.to != null && $Object.hasOwnProperty.call(message, "to") && (typeof message.to === "object" ? message.to.low || message.to.high : message.to !== 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).fixed64(message.to);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Clone message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.Clone
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.Clone & zfsync.v1.Clone.$Shape} Clone
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Clone.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.Clone();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.fixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.from = value;
                            else
                                delete message.from;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.fixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.to = value;
                            else
                                delete message.to;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Clone message.
             * @function verify
             * @memberof zfsync.v1.Clone
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Clone.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.from != null && $Object.hasOwnProperty.call(message, "from"))
                    if (!$util.isInteger(message.from) && !(message.from && $util.isInteger(message.from.low) && $util.isInteger(message.from.high)))
                        return "from: integer|Long expected";
                if (message.to != null && $Object.hasOwnProperty.call(message, "to"))
                    if (!$util.isInteger(message.to) && !(message.to && $util.isInteger(message.to.low) && $util.isInteger(message.to.high)))
                        return "to: integer|Long expected";
                return null;
            };

            /**
             * Creates a Clone message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.Clone
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.Clone} Clone
             */
            Clone.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.Clone)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.Clone: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.Clone();
                if (object.from != null)
                    if (typeof object.from === "object" ? object.from.low || object.from.high : $Number(object.from) !== 0)
                        if ($util.Long)
                            message.from = $util.Long.fromValue(object.from, true);
                        else if (typeof object.from === "string")
                            message.from = $parseInt(object.from, 10);
                        else if (typeof object.from === "number")
                            message.from = object.from;
                        else if (typeof object.from === "object")
                            message.from = new $util.LongBits(object.from.low >>> 0, object.from.high >>> 0).toNumber(true);
                if (object.to != null)
                    if (typeof object.to === "object" ? object.to.low || object.to.high : $Number(object.to) !== 0)
                        if ($util.Long)
                            message.to = $util.Long.fromValue(object.to, true);
                        else if (typeof object.to === "string")
                            message.to = $parseInt(object.to, 10);
                        else if (typeof object.to === "number")
                            message.to = object.to;
                        else if (typeof object.to === "object")
                            message.to = new $util.LongBits(object.to.low >>> 0, object.to.high >>> 0).toNumber(true);
                return message;
            };

            /**
             * Creates a plain object from a Clone message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.Clone
             * @static
             * @param {zfsync.v1.Clone} message Clone
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Clone.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.from = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.from = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.to = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.to = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                }
                if (message.from != null && $Object.hasOwnProperty.call(message, "from"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.from = typeof message.from === "number" ? $BigInt(message.from) : $util.Long.fromBits(message.from.low >>> 0, message.from.high >>> 0, true).toBigInt();
                    else if (typeof message.from === "number")
                        object.from = options.longs === $String ? $String(message.from) : message.from;
                    else
                        object.from = options.longs === $String ? $util.Long.prototype.toString.call(message.from) : options.longs === $Number ? new $util.LongBits(message.from.low >>> 0, message.from.high >>> 0).toNumber(true) : message.from;
                if (message.to != null && $Object.hasOwnProperty.call(message, "to"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.to = typeof message.to === "number" ? $BigInt(message.to) : $util.Long.fromBits(message.to.low >>> 0, message.to.high >>> 0, true).toBigInt();
                    else if (typeof message.to === "number")
                        object.to = options.longs === $String ? $String(message.to) : message.to;
                    else
                        object.to = options.longs === $String ? $util.Long.prototype.toString.call(message.to) : options.longs === $Number ? new $util.LongBits(message.to.low >>> 0, message.to.high >>> 0).toNumber(true) : message.to;
                return object;
            };

            /**
             * Converts this Clone to JSON.
             * @function toJSON
             * @memberof zfsync.v1.Clone
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Clone.prototype.toJSON = function() {
                return Clone.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Clone;
        })();

        v1.Resume = (function() {

            /**
             * Properties of a Resume.
             * @typedef {Object} zfsync.v1.Resume.$Properties
             * @property {string} [token] Resume token
             * @property {Long|null} [newest] Resume newest
             * @property {boolean} [rollback] Resume rollback
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Resume.
             * @memberof zfsync.v1
             * @interface IResume
             * @augments zfsync.v1.Resume.$Properties
             * @deprecated Use zfsync.v1.Resume.$Properties instead.
             */

            /**
             * Shape of a Resume.
             * @typedef {zfsync.v1.Resume.$Properties} zfsync.v1.Resume.$Shape
             */

            /**
             * Constructs a new Resume.
             * @memberof zfsync.v1
             * @classdesc Represents a Resume.
             * @constructor
             * @param {zfsync.v1.Resume.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Resume = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Resume token.
             * @member {string} token
             * @memberof zfsync.v1.Resume
             * @instance
             */
            Resume.prototype.token = "";

            /**
             * Resume newest.
             * @member {Long|null} newest
             * @memberof zfsync.v1.Resume
             * @instance
             */
            Resume.prototype.newest = null;

            /**
             * Resume rollback.
             * @member {boolean} rollback
             * @memberof zfsync.v1.Resume
             * @instance
             */
            Resume.prototype.rollback = false;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Resume.prototype, "_newest", {
                get: $util.oneOfGetter($oneOfFields = ["newest"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new Resume instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.Resume
             * @static
             * @param {zfsync.v1.Resume.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.Resume} Resume instance
             * @type {{
             *   (properties: zfsync.v1.Resume.$Shape): zfsync.v1.Resume & zfsync.v1.Resume.$Shape;
             *   (properties?: zfsync.v1.Resume.$Properties): zfsync.v1.Resume;
             * }}
             */
            Resume.create = function(properties) {
                return new Resume(properties);
            };

            /**
             * Encodes the specified Resume message. Does not implicitly {@link zfsync.v1.Resume.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.Resume
             * @static
             * @param {zfsync.v1.Resume.$Properties} message Resume message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Resume.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.token != null && $Object.hasOwnProperty.call(message, "token") && message.token !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.token);
                if (message.newest != null && $Object.hasOwnProperty.call(message, "newest"))
                    writer.uint32(/* id 2, wireType 1 =*/17).fixed64(message.newest);
                if (message.rollback != null && $Object.hasOwnProperty.call(message, "rollback") && message.rollback !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.rollback);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Resume message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.Resume
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.Resume & zfsync.v1.Resume.$Shape} Resume
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Resume.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.Resume();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.token = value;
                            else
                                delete message.token;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            message.newest = reader.fixed64();
                            message._newest = "newest";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.rollback = value;
                            else
                                delete message.rollback;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Resume message.
             * @function verify
             * @memberof zfsync.v1.Resume
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Resume.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                let properties = {};
                if (message.token != null && $Object.hasOwnProperty.call(message, "token"))
                    if (!$util.isString(message.token))
                        return "token: string expected";
                if (message.newest != null && $Object.hasOwnProperty.call(message, "newest")) {
                    properties._newest = 1;
                    if (!$util.isInteger(message.newest) && !(message.newest && $util.isInteger(message.newest.low) && $util.isInteger(message.newest.high)))
                        return "newest: integer|Long expected";
                }
                if (message.rollback != null && $Object.hasOwnProperty.call(message, "rollback"))
                    if (typeof message.rollback !== "boolean")
                        return "rollback: boolean expected";
                return null;
            };

            /**
             * Creates a Resume message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.Resume
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.Resume} Resume
             */
            Resume.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.Resume)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.Resume: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.Resume();
                if (object.token != null)
                    if (typeof object.token !== "string" || object.token.length)
                        message.token = $String(object.token);
                if (object.newest != null)
                    if ($util.Long)
                        message.newest = $util.Long.fromValue(object.newest, true);
                    else if (typeof object.newest === "string")
                        message.newest = $parseInt(object.newest, 10);
                    else if (typeof object.newest === "number")
                        message.newest = object.newest;
                    else if (typeof object.newest === "object")
                        message.newest = new $util.LongBits(object.newest.low >>> 0, object.newest.high >>> 0).toNumber(true);
                if (object.rollback != null)
                    if (object.rollback)
                        message.rollback = $Boolean(object.rollback);
                return message;
            };

            /**
             * Creates a plain object from a Resume message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.Resume
             * @static
             * @param {zfsync.v1.Resume} message Resume
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Resume.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.token = "";
                    object.rollback = false;
                }
                if (message.token != null && $Object.hasOwnProperty.call(message, "token"))
                    object.token = message.token;
                if (message.newest != null && $Object.hasOwnProperty.call(message, "newest"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.newest = typeof message.newest === "number" ? $BigInt(message.newest) : $util.Long.fromBits(message.newest.low >>> 0, message.newest.high >>> 0, true).toBigInt();
                    else if (typeof message.newest === "number")
                        object.newest = options.longs === $String ? $String(message.newest) : message.newest;
                    else
                        object.newest = options.longs === $String ? $util.Long.prototype.toString.call(message.newest) : options.longs === $Number ? new $util.LongBits(message.newest.low >>> 0, message.newest.high >>> 0).toNumber(true) : message.newest;
                if (message.rollback != null && $Object.hasOwnProperty.call(message, "rollback"))
                    object.rollback = message.rollback;
                return object;
            };

            /**
             * Converts this Resume to JSON.
             * @function toJSON
             * @memberof zfsync.v1.Resume
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Resume.prototype.toJSON = function() {
                return Resume.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Resume;
        })();

        v1.Conflict = (function() {

            /**
             * Properties of a Conflict.
             * @typedef {Object} zfsync.v1.Conflict.$Properties
             * @property {zfsync.v1.ConflictKind} [conflict] Conflict conflict
             * @property {string} [message] Conflict message
             * @property {Array.<zfsync.v1.Version.$Properties>} [targetVersions] Conflict targetVersions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Conflict.
             * @memberof zfsync.v1
             * @interface IConflict
             * @augments zfsync.v1.Conflict.$Properties
             * @deprecated Use zfsync.v1.Conflict.$Properties instead.
             */

            /**
             * Shape of a Conflict.
             * @typedef {zfsync.v1.Conflict.$Properties} zfsync.v1.Conflict.$Shape
             */

            /**
             * Constructs a new Conflict.
             * @memberof zfsync.v1
             * @classdesc Represents a Conflict.
             * @constructor
             * @param {zfsync.v1.Conflict.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Conflict = function (properties) {
                this.targetVersions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Conflict conflict.
             * @member {zfsync.v1.ConflictKind} conflict
             * @memberof zfsync.v1.Conflict
             * @instance
             */
            Conflict.prototype.conflict = 0;

            /**
             * Conflict message.
             * @member {string} message
             * @memberof zfsync.v1.Conflict
             * @instance
             */
            Conflict.prototype.message = "";

            /**
             * Conflict targetVersions.
             * @member {Array.<zfsync.v1.Version>} targetVersions
             * @memberof zfsync.v1.Conflict
             * @instance
             */
            Conflict.prototype.targetVersions = $util.emptyArray;

            /**
             * Creates a new Conflict instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.Conflict
             * @static
             * @param {zfsync.v1.Conflict.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.Conflict} Conflict instance
             * @type {{
             *   (properties: zfsync.v1.Conflict.$Shape): zfsync.v1.Conflict & zfsync.v1.Conflict.$Shape;
             *   (properties?: zfsync.v1.Conflict.$Properties): zfsync.v1.Conflict;
             * }}
             */
            Conflict.create = function(properties) {
                return new Conflict(properties);
            };

            /**
             * Encodes the specified Conflict message. Does not implicitly {@link zfsync.v1.Conflict.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.Conflict
             * @static
             * @param {zfsync.v1.Conflict.$Properties} message Conflict message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Conflict.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.conflict != null && $Object.hasOwnProperty.call(message, "conflict") && message.conflict !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.conflict);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                if (message.targetVersions != null && message.targetVersions.length)
                    for (let i = 0; i < message.targetVersions.length; ++i)
                        $root.zfsync.v1.Version.encode(message.targetVersions[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Conflict message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.Conflict
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.Conflict & zfsync.v1.Conflict.$Shape} Conflict
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Conflict.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.Conflict();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.conflict = value;
                            else
                                delete message.conflict;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.targetVersions && message.targetVersions.length))
                                message.targetVersions = [];
                            message.targetVersions.push($root.zfsync.v1.Version.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Conflict message.
             * @function verify
             * @memberof zfsync.v1.Conflict
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Conflict.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.conflict != null && $Object.hasOwnProperty.call(message, "conflict"))
                    if (typeof message.conflict !== "number" || (message.conflict | 0) !== message.conflict)
                        return "conflict: enum value expected";
                if (message.message != null && $Object.hasOwnProperty.call(message, "message"))
                    if (!$util.isString(message.message))
                        return "message: string expected";
                if (message.targetVersions != null && $Object.hasOwnProperty.call(message, "targetVersions")) {
                    if (!$Array.isArray(message.targetVersions))
                        return "targetVersions: array expected";
                    for (let i = 0; i < message.targetVersions.length; ++i) {
                        let error = $root.zfsync.v1.Version.verify(message.targetVersions[i], _depth + 1);
                        if (error)
                            return "targetVersions." + error;
                    }
                }
                return null;
            };

            /**
             * Creates a Conflict message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.Conflict
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.Conflict} Conflict
             */
            Conflict.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.Conflict)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.Conflict: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.Conflict();
                if (object.conflict !== 0 && (typeof object.conflict !== "string" || $root.zfsync.v1.ConflictKind[object.conflict] !== 0))
                    switch (object.conflict) {
                    case "CONFLICT_KIND_UNSPECIFIED":
                    case 0:
                        message.conflict = 0;
                        break;
                    case "CONFLICT_KIND_NO_COMMON_VERSION":
                    case 1:
                        message.conflict = 1;
                        break;
                    case "CONFLICT_KIND_TARGET_DIVERGED":
                    case 2:
                        message.conflict = 2;
                        break;
                    case "CONFLICT_KIND_TARGET_HAS_DATA":
                    case 3:
                        message.conflict = 3;
                        break;
                    case "CONFLICT_KIND_TYPE_MISMATCH":
                    case 4:
                        message.conflict = 4;
                        break;
                    case "CONFLICT_KIND_PARKED_AND_IN_PLACE":
                    case 6:
                        message.conflict = 6;
                        break;
                    case "CONFLICT_KIND_TARGET_NOT_REPLACEABLE":
                    case 7:
                        message.conflict = 7;
                        break;
                    case "CONFLICT_KIND_SNAPSHOT_NAME_TAKEN":
                    case 8:
                        message.conflict = 8;
                        break;
                    case "CONFLICT_KIND_TARGET_MODIFIED":
                    case 9:
                        message.conflict = 9;
                        break;
                    case "CONFLICT_KIND_ENCRYPTION_MISMATCH":
                    case 10:
                        message.conflict = 10;
                        break;
                    case "CONFLICT_KIND_KEY_CHANGED":
                    case 11:
                        message.conflict = 11;
                        break;
                    case "CONFLICT_KIND_RENAMED":
                    case 12:
                        message.conflict = 12;
                        break;
                    default:
                        if (typeof object.conflict === "number" && (object.conflict | 0) === object.conflict)
                            message.conflict = object.conflict;
                    }
                if (object.message != null)
                    if (typeof object.message !== "string" || object.message.length)
                        message.message = $String(object.message);
                if (object.targetVersions) {
                    if (!$Array.isArray(object.targetVersions))
                        throw $TypeError(".zfsync.v1.Conflict.targetVersions: array expected");
                    message.targetVersions = $Array(object.targetVersions.length);
                    for (let i = 0; i < object.targetVersions.length; ++i) {
                        if (!$util.isObject(object.targetVersions[i]))
                            throw $TypeError(".zfsync.v1.Conflict.targetVersions: object expected");
                        message.targetVersions[i] = $root.zfsync.v1.Version.fromObject(object.targetVersions[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a Conflict message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.Conflict
             * @static
             * @param {zfsync.v1.Conflict} message Conflict
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Conflict.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.targetVersions = [];
                if (options.defaults) {
                    object.conflict = options.enums === $String ? "CONFLICT_KIND_UNSPECIFIED" : 0;
                    object.message = "";
                }
                if (message.conflict != null && $Object.hasOwnProperty.call(message, "conflict"))
                    object.conflict = options.enums === $String ? $root.zfsync.v1.ConflictKind[message.conflict] === $undefined ? message.conflict : $root.zfsync.v1.ConflictKind[message.conflict] : message.conflict;
                if (message.message != null && $Object.hasOwnProperty.call(message, "message"))
                    object.message = message.message;
                if (message.targetVersions && message.targetVersions.length) {
                    object.targetVersions = $Array(message.targetVersions.length);
                    for (let j = 0; j < message.targetVersions.length; ++j)
                        object.targetVersions[j] = $root.zfsync.v1.Version.toObject(message.targetVersions[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this Conflict to JSON.
             * @function toJSON
             * @memberof zfsync.v1.Conflict
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Conflict.prototype.toJSON = function() {
                return Conflict.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Conflict;
        })();

        v1.Refused = (function() {

            /**
             * Properties of a Refused.
             * @typedef {Object} zfsync.v1.Refused.$Properties
             * @property {zfsync.v1.Failure.$Properties} [failure] Refused failure
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Refused.
             * @memberof zfsync.v1
             * @interface IRefused
             * @augments zfsync.v1.Refused.$Properties
             * @deprecated Use zfsync.v1.Refused.$Properties instead.
             */

            /**
             * Shape of a Refused.
             * @typedef {zfsync.v1.Refused.$Properties} zfsync.v1.Refused.$Shape
             */

            /**
             * Constructs a new Refused.
             * @memberof zfsync.v1
             * @classdesc Represents a Refused.
             * @constructor
             * @param {zfsync.v1.Refused.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Refused = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Refused failure.
             * @member {zfsync.v1.Failure} failure
             * @memberof zfsync.v1.Refused
             * @instance
             */
            Refused.prototype.failure = null;

            /**
             * Creates a new Refused instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.Refused
             * @static
             * @param {zfsync.v1.Refused.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.Refused} Refused instance
             * @type {{
             *   (properties: zfsync.v1.Refused.$Shape): zfsync.v1.Refused & zfsync.v1.Refused.$Shape;
             *   (properties?: zfsync.v1.Refused.$Properties): zfsync.v1.Refused;
             * }}
             */
            Refused.create = function(properties) {
                return new Refused(properties);
            };

            /**
             * Encodes the specified Refused message. Does not implicitly {@link zfsync.v1.Refused.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.Refused
             * @static
             * @param {zfsync.v1.Refused.$Properties} message Refused message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Refused.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    $root.zfsync.v1.Failure.encode(message.failure, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Refused message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.Refused
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.Refused & zfsync.v1.Refused.$Shape} Refused
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Refused.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.Refused();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.failure = $root.zfsync.v1.Failure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Refused message.
             * @function verify
             * @memberof zfsync.v1.Refused
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Refused.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure")) {
                    let error = $root.zfsync.v1.Failure.verify(message.failure, _depth + 1);
                    if (error)
                        return "failure." + error;
                }
                return null;
            };

            /**
             * Creates a Refused message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.Refused
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.Refused} Refused
             */
            Refused.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.Refused)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.Refused: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.Refused();
                if (object.failure != null) {
                    if (!$util.isObject(object.failure))
                        throw $TypeError(".zfsync.v1.Refused.failure: object expected");
                    message.failure = $root.zfsync.v1.Failure.fromObject(object.failure, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a Refused message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.Refused
             * @static
             * @param {zfsync.v1.Refused} message Refused
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Refused.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.failure = null;
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    object.failure = $root.zfsync.v1.Failure.toObject(message.failure, options, _depth + 1);
                return object;
            };

            /**
             * Converts this Refused to JSON.
             * @function toJSON
             * @memberof zfsync.v1.Refused
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Refused.prototype.toJSON = function() {
                return Refused.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Refused;
        })();

        v1.Decision = (function() {

            /**
             * Properties of a Decision.
             * @typedef {Object} zfsync.v1.Decision.$Properties
             * @property {zfsync.v1.UpToDate.$Properties|null} [upToDate] Decision upToDate
             * @property {zfsync.v1.Full.$Properties|null} [full] Decision full
             * @property {zfsync.v1.Incremental.$Properties|null} [incremental] Decision incremental
             * @property {zfsync.v1.Resume.$Properties|null} [resume] Decision resume
             * @property {zfsync.v1.Conflict.$Properties|null} [conflict] Decision conflict
             * @property {zfsync.v1.Refused.$Properties|null} [refused] Decision refused
             * @property {zfsync.v1.Clone.$Properties|null} [clone] Decision clone
             * @property {"upToDate"|"full"|"incremental"|"resume"|"conflict"|"refused"|"clone"} [kind] Decision kind
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Decision.
             * @memberof zfsync.v1
             * @interface IDecision
             * @augments zfsync.v1.Decision.$Properties
             * @deprecated Use zfsync.v1.Decision.$Properties instead.
             */

            /**
             * Narrowed shape of a Decision.
             * @typedef {{
             *   upToDate?: zfsync.v1.UpToDate.$Shape|null;
             *   full?: zfsync.v1.Full.$Shape|null;
             *   incremental?: zfsync.v1.Incremental.$Shape|null;
             *   resume?: zfsync.v1.Resume.$Shape|null;
             *   conflict?: zfsync.v1.Conflict.$Shape|null;
             *   refused?: zfsync.v1.Refused.$Shape|null;
             *   clone?: zfsync.v1.Clone.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ kind?: undefined; upToDate?: null; full?: null; incremental?: null; resume?: null; conflict?: null; refused?: null; clone?: null }|{ kind?: "upToDate"; upToDate: zfsync.v1.UpToDate.$Shape; full?: null; incremental?: null; resume?: null; conflict?: null; refused?: null; clone?: null }|{ kind?: "full"; upToDate?: null; full: zfsync.v1.Full.$Shape; incremental?: null; resume?: null; conflict?: null; refused?: null; clone?: null }|{ kind?: "incremental"; upToDate?: null; full?: null; incremental: zfsync.v1.Incremental.$Shape; resume?: null; conflict?: null; refused?: null; clone?: null }|{ kind?: "resume"; upToDate?: null; full?: null; incremental?: null; resume: zfsync.v1.Resume.$Shape; conflict?: null; refused?: null; clone?: null }|{ kind?: "conflict"; upToDate?: null; full?: null; incremental?: null; resume?: null; conflict: zfsync.v1.Conflict.$Shape; refused?: null; clone?: null }|{ kind?: "refused"; upToDate?: null; full?: null; incremental?: null; resume?: null; conflict?: null; refused: zfsync.v1.Refused.$Shape; clone?: null }|{ kind?: "clone"; upToDate?: null; full?: null; incremental?: null; resume?: null; conflict?: null; refused?: null; clone: zfsync.v1.Clone.$Shape })
             * )} zfsync.v1.Decision.$Shape
             */

            /**
             * Constructs a new Decision.
             * @memberof zfsync.v1
             * @classdesc Represents a Decision.
             * @constructor
             * @param {zfsync.v1.Decision.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Decision = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Decision upToDate.
             * @member {zfsync.v1.UpToDate|null} upToDate
             * @memberof zfsync.v1.Decision
             * @instance
             */
            Decision.prototype.upToDate = null;

            /**
             * Decision full.
             * @member {zfsync.v1.Full|null} full
             * @memberof zfsync.v1.Decision
             * @instance
             */
            Decision.prototype.full = null;

            /**
             * Decision incremental.
             * @member {zfsync.v1.Incremental|null} incremental
             * @memberof zfsync.v1.Decision
             * @instance
             */
            Decision.prototype.incremental = null;

            /**
             * Decision resume.
             * @member {zfsync.v1.Resume|null} resume
             * @memberof zfsync.v1.Decision
             * @instance
             */
            Decision.prototype.resume = null;

            /**
             * Decision conflict.
             * @member {zfsync.v1.Conflict|null} conflict
             * @memberof zfsync.v1.Decision
             * @instance
             */
            Decision.prototype.conflict = null;

            /**
             * Decision refused.
             * @member {zfsync.v1.Refused|null} refused
             * @memberof zfsync.v1.Decision
             * @instance
             */
            Decision.prototype.refused = null;

            /**
             * Decision clone.
             * @member {zfsync.v1.Clone|null} clone
             * @memberof zfsync.v1.Decision
             * @instance
             */
            Decision.prototype.clone = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * Decision kind.
             * @member {"upToDate"|"full"|"incremental"|"resume"|"conflict"|"refused"|"clone"|undefined} kind
             * @memberof zfsync.v1.Decision
             * @instance
             */
            $Object.defineProperty(Decision.prototype, "kind", {
                get: $util.oneOfGetter($oneOfFields = ["upToDate", "full", "incremental", "resume", "conflict", "refused", "clone"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new Decision instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.Decision
             * @static
             * @param {zfsync.v1.Decision.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.Decision} Decision instance
             * @type {{
             *   (properties: zfsync.v1.Decision.$Shape): zfsync.v1.Decision & zfsync.v1.Decision.$Shape;
             *   (properties?: zfsync.v1.Decision.$Properties): zfsync.v1.Decision;
             * }}
             */
            Decision.create = function(properties) {
                return new Decision(properties);
            };

            /**
             * Encodes the specified Decision message. Does not implicitly {@link zfsync.v1.Decision.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.Decision
             * @static
             * @param {zfsync.v1.Decision.$Properties} message Decision message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Decision.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.upToDate != null && $Object.hasOwnProperty.call(message, "upToDate"))
                    $root.zfsync.v1.UpToDate.encode(message.upToDate, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.full != null && $Object.hasOwnProperty.call(message, "full"))
                    $root.zfsync.v1.Full.encode(message.full, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.incremental != null && $Object.hasOwnProperty.call(message, "incremental"))
                    $root.zfsync.v1.Incremental.encode(message.incremental, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.resume != null && $Object.hasOwnProperty.call(message, "resume"))
                    $root.zfsync.v1.Resume.encode(message.resume, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.conflict != null && $Object.hasOwnProperty.call(message, "conflict"))
                    $root.zfsync.v1.Conflict.encode(message.conflict, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.refused != null && $Object.hasOwnProperty.call(message, "refused"))
                    $root.zfsync.v1.Refused.encode(message.refused, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.clone != null && $Object.hasOwnProperty.call(message, "clone"))
                    $root.zfsync.v1.Clone.encode(message.clone, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Decision message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.Decision
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.Decision & zfsync.v1.Decision.$Shape} Decision
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Decision.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.Decision();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.upToDate = $root.zfsync.v1.UpToDate.decode(reader, reader.size(), $undefined, _depth + 1, message.upToDate);
                            message.kind = "upToDate";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.full = $root.zfsync.v1.Full.decode(reader, reader.size(), $undefined, _depth + 1, message.full);
                            message.kind = "full";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.incremental = $root.zfsync.v1.Incremental.decode(reader, reader.size(), $undefined, _depth + 1, message.incremental);
                            message.kind = "incremental";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.resume = $root.zfsync.v1.Resume.decode(reader, reader.size(), $undefined, _depth + 1, message.resume);
                            message.kind = "resume";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.conflict = $root.zfsync.v1.Conflict.decode(reader, reader.size(), $undefined, _depth + 1, message.conflict);
                            message.kind = "conflict";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.refused = $root.zfsync.v1.Refused.decode(reader, reader.size(), $undefined, _depth + 1, message.refused);
                            message.kind = "refused";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.clone = $root.zfsync.v1.Clone.decode(reader, reader.size(), $undefined, _depth + 1, message.clone);
                            message.kind = "clone";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Decision message.
             * @function verify
             * @memberof zfsync.v1.Decision
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Decision.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                let properties = {};
                if (message.upToDate != null && $Object.hasOwnProperty.call(message, "upToDate")) {
                    properties.kind = 1;
                    {
                        let error = $root.zfsync.v1.UpToDate.verify(message.upToDate, _depth + 1);
                        if (error)
                            return "upToDate." + error;
                    }
                }
                if (message.full != null && $Object.hasOwnProperty.call(message, "full")) {
                    if (properties.kind === 1)
                        return "kind: multiple values";
                    properties.kind = 1;
                    {
                        let error = $root.zfsync.v1.Full.verify(message.full, _depth + 1);
                        if (error)
                            return "full." + error;
                    }
                }
                if (message.incremental != null && $Object.hasOwnProperty.call(message, "incremental")) {
                    if (properties.kind === 1)
                        return "kind: multiple values";
                    properties.kind = 1;
                    {
                        let error = $root.zfsync.v1.Incremental.verify(message.incremental, _depth + 1);
                        if (error)
                            return "incremental." + error;
                    }
                }
                if (message.resume != null && $Object.hasOwnProperty.call(message, "resume")) {
                    if (properties.kind === 1)
                        return "kind: multiple values";
                    properties.kind = 1;
                    {
                        let error = $root.zfsync.v1.Resume.verify(message.resume, _depth + 1);
                        if (error)
                            return "resume." + error;
                    }
                }
                if (message.conflict != null && $Object.hasOwnProperty.call(message, "conflict")) {
                    if (properties.kind === 1)
                        return "kind: multiple values";
                    properties.kind = 1;
                    {
                        let error = $root.zfsync.v1.Conflict.verify(message.conflict, _depth + 1);
                        if (error)
                            return "conflict." + error;
                    }
                }
                if (message.refused != null && $Object.hasOwnProperty.call(message, "refused")) {
                    if (properties.kind === 1)
                        return "kind: multiple values";
                    properties.kind = 1;
                    {
                        let error = $root.zfsync.v1.Refused.verify(message.refused, _depth + 1);
                        if (error)
                            return "refused." + error;
                    }
                }
                if (message.clone != null && $Object.hasOwnProperty.call(message, "clone")) {
                    if (properties.kind === 1)
                        return "kind: multiple values";
                    properties.kind = 1;
                    {
                        let error = $root.zfsync.v1.Clone.verify(message.clone, _depth + 1);
                        if (error)
                            return "clone." + error;
                    }
                }
                return null;
            };

            /**
             * Creates a Decision message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.Decision
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.Decision} Decision
             */
            Decision.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.Decision)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.Decision: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.Decision();
                if (object.upToDate != null) {
                    if (!$util.isObject(object.upToDate))
                        throw $TypeError(".zfsync.v1.Decision.upToDate: object expected");
                    message.upToDate = $root.zfsync.v1.UpToDate.fromObject(object.upToDate, _depth + 1);
                }
                if (object.full != null) {
                    if (!$util.isObject(object.full))
                        throw $TypeError(".zfsync.v1.Decision.full: object expected");
                    message.full = $root.zfsync.v1.Full.fromObject(object.full, _depth + 1);
                }
                if (object.incremental != null) {
                    if (!$util.isObject(object.incremental))
                        throw $TypeError(".zfsync.v1.Decision.incremental: object expected");
                    message.incremental = $root.zfsync.v1.Incremental.fromObject(object.incremental, _depth + 1);
                }
                if (object.resume != null) {
                    if (!$util.isObject(object.resume))
                        throw $TypeError(".zfsync.v1.Decision.resume: object expected");
                    message.resume = $root.zfsync.v1.Resume.fromObject(object.resume, _depth + 1);
                }
                if (object.conflict != null) {
                    if (!$util.isObject(object.conflict))
                        throw $TypeError(".zfsync.v1.Decision.conflict: object expected");
                    message.conflict = $root.zfsync.v1.Conflict.fromObject(object.conflict, _depth + 1);
                }
                if (object.refused != null) {
                    if (!$util.isObject(object.refused))
                        throw $TypeError(".zfsync.v1.Decision.refused: object expected");
                    message.refused = $root.zfsync.v1.Refused.fromObject(object.refused, _depth + 1);
                }
                if (object.clone != null) {
                    if (!$util.isObject(object.clone))
                        throw $TypeError(".zfsync.v1.Decision.clone: object expected");
                    message.clone = $root.zfsync.v1.Clone.fromObject(object.clone, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a Decision message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.Decision
             * @static
             * @param {zfsync.v1.Decision} message Decision
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Decision.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (message.upToDate != null && $Object.hasOwnProperty.call(message, "upToDate")) {
                    object.upToDate = $root.zfsync.v1.UpToDate.toObject(message.upToDate, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "upToDate";
                }
                if (message.full != null && $Object.hasOwnProperty.call(message, "full")) {
                    object.full = $root.zfsync.v1.Full.toObject(message.full, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "full";
                }
                if (message.incremental != null && $Object.hasOwnProperty.call(message, "incremental")) {
                    object.incremental = $root.zfsync.v1.Incremental.toObject(message.incremental, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "incremental";
                }
                if (message.resume != null && $Object.hasOwnProperty.call(message, "resume")) {
                    object.resume = $root.zfsync.v1.Resume.toObject(message.resume, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "resume";
                }
                if (message.conflict != null && $Object.hasOwnProperty.call(message, "conflict")) {
                    object.conflict = $root.zfsync.v1.Conflict.toObject(message.conflict, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "conflict";
                }
                if (message.refused != null && $Object.hasOwnProperty.call(message, "refused")) {
                    object.refused = $root.zfsync.v1.Refused.toObject(message.refused, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "refused";
                }
                if (message.clone != null && $Object.hasOwnProperty.call(message, "clone")) {
                    object.clone = $root.zfsync.v1.Clone.toObject(message.clone, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "clone";
                }
                return object;
            };

            /**
             * Converts this Decision to JSON.
             * @function toJSON
             * @memberof zfsync.v1.Decision
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Decision.prototype.toJSON = function() {
                return Decision.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Decision;
        })();

        v1.DatasetDecision = (function() {

            /**
             * Properties of a DatasetDecision.
             * @typedef {Object} zfsync.v1.DatasetDecision.$Properties
             * @property {string} [path] DatasetDecision path
             * @property {zfsync.v1.Decision.$Properties} [decision] DatasetDecision decision
             * @property {boolean} [parked] DatasetDecision parked
             * @property {boolean} [afterParent] DatasetDecision afterParent
             * @property {Long} [available] DatasetDecision available
             * @property {zfsync.v1.StreamFlags.$Properties|null} [flags] DatasetDecision flags
             * @property {string|null} [after] DatasetDecision after
             * @property {string|null} [renameFrom] DatasetDecision renameFrom
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DatasetDecision.
             * @memberof zfsync.v1
             * @interface IDatasetDecision
             * @augments zfsync.v1.DatasetDecision.$Properties
             * @deprecated Use zfsync.v1.DatasetDecision.$Properties instead.
             */

            /**
             * Shape of a DatasetDecision.
             * @typedef {{
             *   path?: string;
             *   decision?: zfsync.v1.Decision.$Shape;
             *   parked?: boolean;
             *   afterParent?: boolean;
             *   available?: Long;
             *   flags?: zfsync.v1.StreamFlags.$Shape|null;
             *   after?: string|null;
             *   renameFrom?: string|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} zfsync.v1.DatasetDecision.$Shape
             */

            /**
             * Constructs a new DatasetDecision.
             * @memberof zfsync.v1
             * @classdesc Represents a DatasetDecision.
             * @constructor
             * @param {zfsync.v1.DatasetDecision.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DatasetDecision = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DatasetDecision path.
             * @member {string} path
             * @memberof zfsync.v1.DatasetDecision
             * @instance
             */
            DatasetDecision.prototype.path = "";

            /**
             * DatasetDecision decision.
             * @member {zfsync.v1.Decision} decision
             * @memberof zfsync.v1.DatasetDecision
             * @instance
             */
            DatasetDecision.prototype.decision = null;

            /**
             * DatasetDecision parked.
             * @member {boolean} parked
             * @memberof zfsync.v1.DatasetDecision
             * @instance
             */
            DatasetDecision.prototype.parked = false;

            /**
             * DatasetDecision afterParent.
             * @member {boolean} afterParent
             * @memberof zfsync.v1.DatasetDecision
             * @instance
             */
            DatasetDecision.prototype.afterParent = false;

            /**
             * DatasetDecision available.
             * @member {Long} available
             * @memberof zfsync.v1.DatasetDecision
             * @instance
             */
            DatasetDecision.prototype.available = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * DatasetDecision flags.
             * @member {zfsync.v1.StreamFlags|null} flags
             * @memberof zfsync.v1.DatasetDecision
             * @instance
             */
            DatasetDecision.prototype.flags = null;

            /**
             * DatasetDecision after.
             * @member {string|null} after
             * @memberof zfsync.v1.DatasetDecision
             * @instance
             */
            DatasetDecision.prototype.after = null;

            /**
             * DatasetDecision renameFrom.
             * @member {string|null} renameFrom
             * @memberof zfsync.v1.DatasetDecision
             * @instance
             */
            DatasetDecision.prototype.renameFrom = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(DatasetDecision.prototype, "_flags", {
                get: $util.oneOfGetter($oneOfFields = ["flags"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(DatasetDecision.prototype, "_after", {
                get: $util.oneOfGetter($oneOfFields = ["after"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(DatasetDecision.prototype, "_renameFrom", {
                get: $util.oneOfGetter($oneOfFields = ["renameFrom"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new DatasetDecision instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.DatasetDecision
             * @static
             * @param {zfsync.v1.DatasetDecision.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.DatasetDecision} DatasetDecision instance
             * @type {{
             *   (properties: zfsync.v1.DatasetDecision.$Shape): zfsync.v1.DatasetDecision & zfsync.v1.DatasetDecision.$Shape;
             *   (properties?: zfsync.v1.DatasetDecision.$Properties): zfsync.v1.DatasetDecision;
             * }}
             */
            DatasetDecision.create = function(properties) {
                return new DatasetDecision(properties);
            };

            /**
             * Encodes the specified DatasetDecision message. Does not implicitly {@link zfsync.v1.DatasetDecision.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.DatasetDecision
             * @static
             * @param {zfsync.v1.DatasetDecision.$Properties} message DatasetDecision message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DatasetDecision.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.path);
                if (message.decision != null && $Object.hasOwnProperty.call(message, "decision"))
                    $root.zfsync.v1.Decision.encode(message.decision, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.parked != null && $Object.hasOwnProperty.call(message, "parked") && message.parked !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.parked);
                if (message.afterParent != null && $Object.hasOwnProperty.call(message, "afterParent") && message.afterParent !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.afterParent);
                if (message.available != null && $Object.hasOwnProperty.call(message, "available") && (typeof message.available === "object" ? message.available.low || message.available.high : message.available !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.available);
                if (message.flags != null && $Object.hasOwnProperty.call(message, "flags"))
                    $root.zfsync.v1.StreamFlags.encode(message.flags, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.after != null && $Object.hasOwnProperty.call(message, "after"))
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.after);
                if (message.renameFrom != null && $Object.hasOwnProperty.call(message, "renameFrom"))
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.renameFrom);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DatasetDecision message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.DatasetDecision
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.DatasetDecision & zfsync.v1.DatasetDecision.$Shape} DatasetDecision
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DatasetDecision.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.DatasetDecision();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.decision = $root.zfsync.v1.Decision.decode(reader, reader.size(), $undefined, _depth + 1, message.decision);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.parked = value;
                            else
                                delete message.parked;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.afterParent = value;
                            else
                                delete message.afterParent;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.available = value;
                            else
                                delete message.available;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.flags = $root.zfsync.v1.StreamFlags.decode(reader, reader.size(), $undefined, _depth + 1, message.flags);
                            message._flags = "flags";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.after = reader.stringVerify();
                            message._after = "after";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.renameFrom = reader.stringVerify();
                            message._renameFrom = "renameFrom";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a DatasetDecision message.
             * @function verify
             * @memberof zfsync.v1.DatasetDecision
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            DatasetDecision.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                let properties = {};
                if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                    if (!$util.isString(message.path))
                        return "path: string expected";
                if (message.decision != null && $Object.hasOwnProperty.call(message, "decision")) {
                    let error = $root.zfsync.v1.Decision.verify(message.decision, _depth + 1);
                    if (error)
                        return "decision." + error;
                }
                if (message.parked != null && $Object.hasOwnProperty.call(message, "parked"))
                    if (typeof message.parked !== "boolean")
                        return "parked: boolean expected";
                if (message.afterParent != null && $Object.hasOwnProperty.call(message, "afterParent"))
                    if (typeof message.afterParent !== "boolean")
                        return "afterParent: boolean expected";
                if (message.available != null && $Object.hasOwnProperty.call(message, "available"))
                    if (!$util.isInteger(message.available) && !(message.available && $util.isInteger(message.available.low) && $util.isInteger(message.available.high)))
                        return "available: integer|Long expected";
                if (message.flags != null && $Object.hasOwnProperty.call(message, "flags")) {
                    properties._flags = 1;
                    {
                        let error = $root.zfsync.v1.StreamFlags.verify(message.flags, _depth + 1);
                        if (error)
                            return "flags." + error;
                    }
                }
                if (message.after != null && $Object.hasOwnProperty.call(message, "after")) {
                    properties._after = 1;
                    if (!$util.isString(message.after))
                        return "after: string expected";
                }
                if (message.renameFrom != null && $Object.hasOwnProperty.call(message, "renameFrom")) {
                    properties._renameFrom = 1;
                    if (!$util.isString(message.renameFrom))
                        return "renameFrom: string expected";
                }
                return null;
            };

            /**
             * Creates a DatasetDecision message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.DatasetDecision
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.DatasetDecision} DatasetDecision
             */
            DatasetDecision.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.DatasetDecision)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.DatasetDecision: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.DatasetDecision();
                if (object.path != null)
                    if (typeof object.path !== "string" || object.path.length)
                        message.path = $String(object.path);
                if (object.decision != null) {
                    if (!$util.isObject(object.decision))
                        throw $TypeError(".zfsync.v1.DatasetDecision.decision: object expected");
                    message.decision = $root.zfsync.v1.Decision.fromObject(object.decision, _depth + 1);
                }
                if (object.parked != null)
                    if (object.parked)
                        message.parked = $Boolean(object.parked);
                if (object.afterParent != null)
                    if (object.afterParent)
                        message.afterParent = $Boolean(object.afterParent);
                if (object.available != null)
                    if (typeof object.available === "object" ? object.available.low || object.available.high : $Number(object.available) !== 0)
                        if ($util.Long)
                            message.available = $util.Long.fromValue(object.available, true);
                        else if (typeof object.available === "string")
                            message.available = $parseInt(object.available, 10);
                        else if (typeof object.available === "number")
                            message.available = object.available;
                        else if (typeof object.available === "object")
                            message.available = new $util.LongBits(object.available.low >>> 0, object.available.high >>> 0).toNumber(true);
                if (object.flags != null) {
                    if (!$util.isObject(object.flags))
                        throw $TypeError(".zfsync.v1.DatasetDecision.flags: object expected");
                    message.flags = $root.zfsync.v1.StreamFlags.fromObject(object.flags, _depth + 1);
                }
                if (object.after != null)
                    message.after = $String(object.after);
                if (object.renameFrom != null)
                    message.renameFrom = $String(object.renameFrom);
                return message;
            };

            /**
             * Creates a plain object from a DatasetDecision message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.DatasetDecision
             * @static
             * @param {zfsync.v1.DatasetDecision} message DatasetDecision
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            DatasetDecision.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.path = "";
                    object.decision = null;
                    object.parked = false;
                    object.afterParent = false;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.available = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.available = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                }
                if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                    object.path = message.path;
                if (message.decision != null && $Object.hasOwnProperty.call(message, "decision"))
                    object.decision = $root.zfsync.v1.Decision.toObject(message.decision, options, _depth + 1);
                if (message.parked != null && $Object.hasOwnProperty.call(message, "parked"))
                    object.parked = message.parked;
                if (message.afterParent != null && $Object.hasOwnProperty.call(message, "afterParent"))
                    object.afterParent = message.afterParent;
                if (message.available != null && $Object.hasOwnProperty.call(message, "available"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.available = typeof message.available === "number" ? $BigInt(message.available) : $util.Long.fromBits(message.available.low >>> 0, message.available.high >>> 0, true).toBigInt();
                    else if (typeof message.available === "number")
                        object.available = options.longs === $String ? $String(message.available) : message.available;
                    else
                        object.available = options.longs === $String ? $util.Long.prototype.toString.call(message.available) : options.longs === $Number ? new $util.LongBits(message.available.low >>> 0, message.available.high >>> 0).toNumber(true) : message.available;
                if (message.flags != null && $Object.hasOwnProperty.call(message, "flags"))
                    object.flags = $root.zfsync.v1.StreamFlags.toObject(message.flags, options, _depth + 1);
                if (message.after != null && $Object.hasOwnProperty.call(message, "after"))
                    object.after = message.after;
                if (message.renameFrom != null && $Object.hasOwnProperty.call(message, "renameFrom"))
                    object.renameFrom = message.renameFrom;
                return object;
            };

            /**
             * Converts this DatasetDecision to JSON.
             * @function toJSON
             * @memberof zfsync.v1.DatasetDecision
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            DatasetDecision.prototype.toJSON = function() {
                return DatasetDecision.toObject(this, $protobuf.util.toJSONOptions);
            };

            return DatasetDecision;
        })();

        v1.Decisions = (function() {

            /**
             * Properties of a Decisions.
             * @typedef {Object} zfsync.v1.Decisions.$Properties
             * @property {number} [page] Decisions page
             * @property {boolean} [last] Decisions last
             * @property {Array.<zfsync.v1.DatasetDecision.$Properties>} [decisions] Decisions decisions
             * @property {Uint8Array} [targetId] Decisions targetId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Decisions.
             * @memberof zfsync.v1
             * @interface IDecisions
             * @augments zfsync.v1.Decisions.$Properties
             * @deprecated Use zfsync.v1.Decisions.$Properties instead.
             */

            /**
             * Shape of a Decisions.
             * @typedef {{
             *   page?: number;
             *   last?: boolean;
             *   decisions?: Array.<zfsync.v1.DatasetDecision.$Shape>;
             *   targetId?: Uint8Array;
             *   $unknowns?: Array.<Uint8Array>;
             * }} zfsync.v1.Decisions.$Shape
             */

            /**
             * Constructs a new Decisions.
             * @memberof zfsync.v1
             * @classdesc Represents a Decisions.
             * @constructor
             * @param {zfsync.v1.Decisions.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Decisions = function (properties) {
                this.decisions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Decisions page.
             * @member {number} page
             * @memberof zfsync.v1.Decisions
             * @instance
             */
            Decisions.prototype.page = 0;

            /**
             * Decisions last.
             * @member {boolean} last
             * @memberof zfsync.v1.Decisions
             * @instance
             */
            Decisions.prototype.last = false;

            /**
             * Decisions decisions.
             * @member {Array.<zfsync.v1.DatasetDecision>} decisions
             * @memberof zfsync.v1.Decisions
             * @instance
             */
            Decisions.prototype.decisions = $util.emptyArray;

            /**
             * Decisions targetId.
             * @member {Uint8Array} targetId
             * @memberof zfsync.v1.Decisions
             * @instance
             */
            Decisions.prototype.targetId = $util.newBuffer([]);

            /**
             * Creates a new Decisions instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.Decisions
             * @static
             * @param {zfsync.v1.Decisions.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.Decisions} Decisions instance
             * @type {{
             *   (properties: zfsync.v1.Decisions.$Shape): zfsync.v1.Decisions & zfsync.v1.Decisions.$Shape;
             *   (properties?: zfsync.v1.Decisions.$Properties): zfsync.v1.Decisions;
             * }}
             */
            Decisions.create = function(properties) {
                return new Decisions(properties);
            };

            /**
             * Encodes the specified Decisions message. Does not implicitly {@link zfsync.v1.Decisions.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.Decisions
             * @static
             * @param {zfsync.v1.Decisions.$Properties} message Decisions message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Decisions.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.page != null && $Object.hasOwnProperty.call(message, "page") && message.page !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.page);
                if (message.last != null && $Object.hasOwnProperty.call(message, "last") && message.last !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.last);
                if (message.decisions != null && message.decisions.length)
                    for (let i = 0; i < message.decisions.length; ++i)
                        $root.zfsync.v1.DatasetDecision.encode(message.decisions[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.targetId != null && $Object.hasOwnProperty.call(message, "targetId") && message.targetId.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.targetId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Decisions message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.Decisions
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.Decisions & zfsync.v1.Decisions.$Shape} Decisions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Decisions.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.Decisions();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.page = value;
                            else
                                delete message.page;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.last = value;
                            else
                                delete message.last;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.decisions && message.decisions.length))
                                message.decisions = [];
                            message.decisions.push($root.zfsync.v1.DatasetDecision.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.targetId = value;
                            else
                                delete message.targetId;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Decisions message.
             * @function verify
             * @memberof zfsync.v1.Decisions
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Decisions.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.page != null && $Object.hasOwnProperty.call(message, "page"))
                    if (!$util.isInteger(message.page))
                        return "page: integer expected";
                if (message.last != null && $Object.hasOwnProperty.call(message, "last"))
                    if (typeof message.last !== "boolean")
                        return "last: boolean expected";
                if (message.decisions != null && $Object.hasOwnProperty.call(message, "decisions")) {
                    if (!$Array.isArray(message.decisions))
                        return "decisions: array expected";
                    for (let i = 0; i < message.decisions.length; ++i) {
                        let error = $root.zfsync.v1.DatasetDecision.verify(message.decisions[i], _depth + 1);
                        if (error)
                            return "decisions." + error;
                    }
                }
                if (message.targetId != null && $Object.hasOwnProperty.call(message, "targetId"))
                    if (!(message.targetId && typeof message.targetId.length === "number" || $util.isString(message.targetId)))
                        return "targetId: buffer expected";
                return null;
            };

            /**
             * Creates a Decisions message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.Decisions
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.Decisions} Decisions
             */
            Decisions.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.Decisions)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.Decisions: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.Decisions();
                if (object.page != null)
                    if ($Number(object.page) !== 0)
                        message.page = object.page >>> 0;
                if (object.last != null)
                    if (object.last)
                        message.last = $Boolean(object.last);
                if (object.decisions) {
                    if (!$Array.isArray(object.decisions))
                        throw $TypeError(".zfsync.v1.Decisions.decisions: array expected");
                    message.decisions = $Array(object.decisions.length);
                    for (let i = 0; i < object.decisions.length; ++i) {
                        if (!$util.isObject(object.decisions[i]))
                            throw $TypeError(".zfsync.v1.Decisions.decisions: object expected");
                        message.decisions[i] = $root.zfsync.v1.DatasetDecision.fromObject(object.decisions[i], _depth + 1);
                    }
                }
                if (object.targetId != null)
                    if (object.targetId.length)
                        if (typeof object.targetId === "string")
                            $util.base64.decode(object.targetId, message.targetId = $util.newBuffer($util.base64.length(object.targetId)), 0);
                        else if (object.targetId.length >= 0)
                            message.targetId = object.targetId;
                return message;
            };

            /**
             * Creates a plain object from a Decisions message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.Decisions
             * @static
             * @param {zfsync.v1.Decisions} message Decisions
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Decisions.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.decisions = [];
                if (options.defaults) {
                    object.page = 0;
                    object.last = false;
                    if (options.bytes === $String)
                        object.targetId = "";
                    else {
                        object.targetId = [];
                        if (options.bytes !== $Array)
                            object.targetId = $util.newBuffer(object.targetId);
                    }
                }
                if (message.page != null && $Object.hasOwnProperty.call(message, "page"))
                    object.page = message.page;
                if (message.last != null && $Object.hasOwnProperty.call(message, "last"))
                    object.last = message.last;
                if (message.decisions && message.decisions.length) {
                    object.decisions = $Array(message.decisions.length);
                    for (let j = 0; j < message.decisions.length; ++j)
                        object.decisions[j] = $root.zfsync.v1.DatasetDecision.toObject(message.decisions[j], options, _depth + 1);
                }
                if (message.targetId != null && $Object.hasOwnProperty.call(message, "targetId"))
                    object.targetId = options.bytes === $String ? $util.base64.encode(message.targetId, 0, message.targetId.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.targetId) : message.targetId;
                return object;
            };

            /**
             * Converts this Decisions to JSON.
             * @function toJSON
             * @memberof zfsync.v1.Decisions
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Decisions.prototype.toJSON = function() {
                return Decisions.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Decisions;
        })();

        v1.Replan = (function() {

            /**
             * Properties of a Replan.
             * @typedef {Object} zfsync.v1.Replan.$Properties
             * @property {string} [path] Replan path
             * @property {string|null} [discard] Replan discard
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Replan.
             * @memberof zfsync.v1
             * @interface IReplan
             * @augments zfsync.v1.Replan.$Properties
             * @deprecated Use zfsync.v1.Replan.$Properties instead.
             */

            /**
             * Shape of a Replan.
             * @typedef {zfsync.v1.Replan.$Properties} zfsync.v1.Replan.$Shape
             */

            /**
             * Constructs a new Replan.
             * @memberof zfsync.v1
             * @classdesc Represents a Replan.
             * @constructor
             * @param {zfsync.v1.Replan.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Replan = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Replan path.
             * @member {string} path
             * @memberof zfsync.v1.Replan
             * @instance
             */
            Replan.prototype.path = "";

            /**
             * Replan discard.
             * @member {string|null} discard
             * @memberof zfsync.v1.Replan
             * @instance
             */
            Replan.prototype.discard = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Replan.prototype, "_discard", {
                get: $util.oneOfGetter($oneOfFields = ["discard"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new Replan instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.Replan
             * @static
             * @param {zfsync.v1.Replan.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.Replan} Replan instance
             * @type {{
             *   (properties: zfsync.v1.Replan.$Shape): zfsync.v1.Replan & zfsync.v1.Replan.$Shape;
             *   (properties?: zfsync.v1.Replan.$Properties): zfsync.v1.Replan;
             * }}
             */
            Replan.create = function(properties) {
                return new Replan(properties);
            };

            /**
             * Encodes the specified Replan message. Does not implicitly {@link zfsync.v1.Replan.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.Replan
             * @static
             * @param {zfsync.v1.Replan.$Properties} message Replan message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Replan.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.path);
                if (message.discard != null && $Object.hasOwnProperty.call(message, "discard"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.discard);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Replan message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.Replan
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.Replan & zfsync.v1.Replan.$Shape} Replan
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Replan.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.Replan();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.discard = reader.stringVerify();
                            message._discard = "discard";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Replan message.
             * @function verify
             * @memberof zfsync.v1.Replan
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Replan.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                let properties = {};
                if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                    if (!$util.isString(message.path))
                        return "path: string expected";
                if (message.discard != null && $Object.hasOwnProperty.call(message, "discard")) {
                    properties._discard = 1;
                    if (!$util.isString(message.discard))
                        return "discard: string expected";
                }
                return null;
            };

            /**
             * Creates a Replan message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.Replan
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.Replan} Replan
             */
            Replan.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.Replan)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.Replan: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.Replan();
                if (object.path != null)
                    if (typeof object.path !== "string" || object.path.length)
                        message.path = $String(object.path);
                if (object.discard != null)
                    message.discard = $String(object.discard);
                return message;
            };

            /**
             * Creates a plain object from a Replan message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.Replan
             * @static
             * @param {zfsync.v1.Replan} message Replan
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Replan.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.path = "";
                if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                    object.path = message.path;
                if (message.discard != null && $Object.hasOwnProperty.call(message, "discard"))
                    object.discard = message.discard;
                return object;
            };

            /**
             * Converts this Replan to JSON.
             * @function toJSON
             * @memberof zfsync.v1.Replan
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Replan.prototype.toJSON = function() {
                return Replan.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Replan;
        })();

        v1.CleanBuffer = (function() {

            /**
             * Properties of a CleanBuffer.
             * @typedef {Object} zfsync.v1.CleanBuffer.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CleanBuffer.
             * @memberof zfsync.v1
             * @interface ICleanBuffer
             * @augments zfsync.v1.CleanBuffer.$Properties
             * @deprecated Use zfsync.v1.CleanBuffer.$Properties instead.
             */

            /**
             * Shape of a CleanBuffer.
             * @typedef {zfsync.v1.CleanBuffer.$Properties} zfsync.v1.CleanBuffer.$Shape
             */

            /**
             * Constructs a new CleanBuffer.
             * @memberof zfsync.v1
             * @classdesc Represents a CleanBuffer.
             * @constructor
             * @param {zfsync.v1.CleanBuffer.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CleanBuffer = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new CleanBuffer instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.CleanBuffer
             * @static
             * @param {zfsync.v1.CleanBuffer.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.CleanBuffer} CleanBuffer instance
             * @type {{
             *   (properties: zfsync.v1.CleanBuffer.$Shape): zfsync.v1.CleanBuffer & zfsync.v1.CleanBuffer.$Shape;
             *   (properties?: zfsync.v1.CleanBuffer.$Properties): zfsync.v1.CleanBuffer;
             * }}
             */
            CleanBuffer.create = function(properties) {
                return new CleanBuffer(properties);
            };

            /**
             * Encodes the specified CleanBuffer message. Does not implicitly {@link zfsync.v1.CleanBuffer.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.CleanBuffer
             * @static
             * @param {zfsync.v1.CleanBuffer.$Properties} message CleanBuffer message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CleanBuffer.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CleanBuffer message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.CleanBuffer
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.CleanBuffer & zfsync.v1.CleanBuffer.$Shape} CleanBuffer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CleanBuffer.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.CleanBuffer();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a CleanBuffer message.
             * @function verify
             * @memberof zfsync.v1.CleanBuffer
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            CleanBuffer.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                return null;
            };

            /**
             * Creates a CleanBuffer message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.CleanBuffer
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.CleanBuffer} CleanBuffer
             */
            CleanBuffer.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.CleanBuffer)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.CleanBuffer: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                return new $root.zfsync.v1.CleanBuffer();
            };

            /**
             * Creates a plain object from a CleanBuffer message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.CleanBuffer
             * @static
             * @param {zfsync.v1.CleanBuffer} message CleanBuffer
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            CleanBuffer.toObject = function () {
                return {};
            };

            /**
             * Converts this CleanBuffer to JSON.
             * @function toJSON
             * @memberof zfsync.v1.CleanBuffer
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            CleanBuffer.prototype.toJSON = function() {
                return CleanBuffer.toObject(this, $protobuf.util.toJSONOptions);
            };

            return CleanBuffer;
        })();

        /**
         * PromotionOutcome enum.
         * @name zfsync.v1.PromotionOutcome
         * @enum {number}
         * @property {number} PROMOTION_OUTCOME_UNSPECIFIED=0 PROMOTION_OUTCOME_UNSPECIFIED value
         * @property {number} PROMOTION_OUTCOME_PROMOTED=1 PROMOTION_OUTCOME_PROMOTED value
         * @property {number} PROMOTION_OUTCOME_PLACEHOLDER=2 PROMOTION_OUTCOME_PLACEHOLDER value
         * @property {number} PROMOTION_OUTCOME_CONFLICT=3 PROMOTION_OUTCOME_CONFLICT value
         * @property {number} PROMOTION_OUTCOME_WAITING=4 PROMOTION_OUTCOME_WAITING value
         * @property {number} PROMOTION_OUTCOME_FAILED=5 PROMOTION_OUTCOME_FAILED value
         */
        v1.PromotionOutcome = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "PROMOTION_OUTCOME_UNSPECIFIED"] = 0;
            values[valuesById[1] = "PROMOTION_OUTCOME_PROMOTED"] = 1;
            values[valuesById[2] = "PROMOTION_OUTCOME_PLACEHOLDER"] = 2;
            values[valuesById[3] = "PROMOTION_OUTCOME_CONFLICT"] = 3;
            values[valuesById[4] = "PROMOTION_OUTCOME_WAITING"] = 4;
            values[valuesById[5] = "PROMOTION_OUTCOME_FAILED"] = 5;
            return values;
        })();

        v1.Promotion = (function() {

            /**
             * Properties of a Promotion.
             * @typedef {Object} zfsync.v1.Promotion.$Properties
             * @property {string} [path] Promotion path
             * @property {string} [parkedAs] Promotion parkedAs
             * @property {zfsync.v1.PromotionOutcome} [outcome] Promotion outcome
             * @property {zfsync.v1.Failure.$Properties|null} [failure] Promotion failure
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Promotion.
             * @memberof zfsync.v1
             * @interface IPromotion
             * @augments zfsync.v1.Promotion.$Properties
             * @deprecated Use zfsync.v1.Promotion.$Properties instead.
             */

            /**
             * Shape of a Promotion.
             * @typedef {zfsync.v1.Promotion.$Properties} zfsync.v1.Promotion.$Shape
             */

            /**
             * Constructs a new Promotion.
             * @memberof zfsync.v1
             * @classdesc Represents a Promotion.
             * @constructor
             * @param {zfsync.v1.Promotion.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Promotion = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Promotion path.
             * @member {string} path
             * @memberof zfsync.v1.Promotion
             * @instance
             */
            Promotion.prototype.path = "";

            /**
             * Promotion parkedAs.
             * @member {string} parkedAs
             * @memberof zfsync.v1.Promotion
             * @instance
             */
            Promotion.prototype.parkedAs = "";

            /**
             * Promotion outcome.
             * @member {zfsync.v1.PromotionOutcome} outcome
             * @memberof zfsync.v1.Promotion
             * @instance
             */
            Promotion.prototype.outcome = 0;

            /**
             * Promotion failure.
             * @member {zfsync.v1.Failure|null} failure
             * @memberof zfsync.v1.Promotion
             * @instance
             */
            Promotion.prototype.failure = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Promotion.prototype, "_failure", {
                get: $util.oneOfGetter($oneOfFields = ["failure"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new Promotion instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.Promotion
             * @static
             * @param {zfsync.v1.Promotion.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.Promotion} Promotion instance
             * @type {{
             *   (properties: zfsync.v1.Promotion.$Shape): zfsync.v1.Promotion & zfsync.v1.Promotion.$Shape;
             *   (properties?: zfsync.v1.Promotion.$Properties): zfsync.v1.Promotion;
             * }}
             */
            Promotion.create = function(properties) {
                return new Promotion(properties);
            };

            /**
             * Encodes the specified Promotion message. Does not implicitly {@link zfsync.v1.Promotion.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.Promotion
             * @static
             * @param {zfsync.v1.Promotion.$Properties} message Promotion message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Promotion.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.path);
                if (message.parkedAs != null && $Object.hasOwnProperty.call(message, "parkedAs") && message.parkedAs !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.parkedAs);
                if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome") && message.outcome !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.outcome);
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    $root.zfsync.v1.Failure.encode(message.failure, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Promotion message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.Promotion
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.Promotion & zfsync.v1.Promotion.$Shape} Promotion
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Promotion.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.Promotion();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.parkedAs = value;
                            else
                                delete message.parkedAs;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.outcome = value;
                            else
                                delete message.outcome;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.failure = $root.zfsync.v1.Failure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                            message._failure = "failure";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Promotion message.
             * @function verify
             * @memberof zfsync.v1.Promotion
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Promotion.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                let properties = {};
                if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                    if (!$util.isString(message.path))
                        return "path: string expected";
                if (message.parkedAs != null && $Object.hasOwnProperty.call(message, "parkedAs"))
                    if (!$util.isString(message.parkedAs))
                        return "parkedAs: string expected";
                if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome"))
                    if (typeof message.outcome !== "number" || (message.outcome | 0) !== message.outcome)
                        return "outcome: enum value expected";
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure")) {
                    properties._failure = 1;
                    {
                        let error = $root.zfsync.v1.Failure.verify(message.failure, _depth + 1);
                        if (error)
                            return "failure." + error;
                    }
                }
                return null;
            };

            /**
             * Creates a Promotion message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.Promotion
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.Promotion} Promotion
             */
            Promotion.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.Promotion)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.Promotion: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.Promotion();
                if (object.path != null)
                    if (typeof object.path !== "string" || object.path.length)
                        message.path = $String(object.path);
                if (object.parkedAs != null)
                    if (typeof object.parkedAs !== "string" || object.parkedAs.length)
                        message.parkedAs = $String(object.parkedAs);
                if (object.outcome !== 0 && (typeof object.outcome !== "string" || $root.zfsync.v1.PromotionOutcome[object.outcome] !== 0))
                    switch (object.outcome) {
                    case "PROMOTION_OUTCOME_UNSPECIFIED":
                    case 0:
                        message.outcome = 0;
                        break;
                    case "PROMOTION_OUTCOME_PROMOTED":
                    case 1:
                        message.outcome = 1;
                        break;
                    case "PROMOTION_OUTCOME_PLACEHOLDER":
                    case 2:
                        message.outcome = 2;
                        break;
                    case "PROMOTION_OUTCOME_CONFLICT":
                    case 3:
                        message.outcome = 3;
                        break;
                    case "PROMOTION_OUTCOME_WAITING":
                    case 4:
                        message.outcome = 4;
                        break;
                    case "PROMOTION_OUTCOME_FAILED":
                    case 5:
                        message.outcome = 5;
                        break;
                    default:
                        if (typeof object.outcome === "number" && (object.outcome | 0) === object.outcome)
                            message.outcome = object.outcome;
                    }
                if (object.failure != null) {
                    if (!$util.isObject(object.failure))
                        throw $TypeError(".zfsync.v1.Promotion.failure: object expected");
                    message.failure = $root.zfsync.v1.Failure.fromObject(object.failure, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a Promotion message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.Promotion
             * @static
             * @param {zfsync.v1.Promotion} message Promotion
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Promotion.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.path = "";
                    object.parkedAs = "";
                    object.outcome = options.enums === $String ? "PROMOTION_OUTCOME_UNSPECIFIED" : 0;
                }
                if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                    object.path = message.path;
                if (message.parkedAs != null && $Object.hasOwnProperty.call(message, "parkedAs"))
                    object.parkedAs = message.parkedAs;
                if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome"))
                    object.outcome = options.enums === $String ? $root.zfsync.v1.PromotionOutcome[message.outcome] === $undefined ? message.outcome : $root.zfsync.v1.PromotionOutcome[message.outcome] : message.outcome;
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    object.failure = $root.zfsync.v1.Failure.toObject(message.failure, options, _depth + 1);
                return object;
            };

            /**
             * Converts this Promotion to JSON.
             * @function toJSON
             * @memberof zfsync.v1.Promotion
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Promotion.prototype.toJSON = function() {
                return Promotion.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Promotion;
        })();

        v1.CleanBufferReport = (function() {

            /**
             * Properties of a CleanBufferReport.
             * @typedef {Object} zfsync.v1.CleanBufferReport.$Properties
             * @property {number} [page] CleanBufferReport page
             * @property {boolean} [last] CleanBufferReport last
             * @property {Array.<zfsync.v1.Promotion.$Properties>} [promotions] CleanBufferReport promotions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CleanBufferReport.
             * @memberof zfsync.v1
             * @interface ICleanBufferReport
             * @augments zfsync.v1.CleanBufferReport.$Properties
             * @deprecated Use zfsync.v1.CleanBufferReport.$Properties instead.
             */

            /**
             * Shape of a CleanBufferReport.
             * @typedef {zfsync.v1.CleanBufferReport.$Properties} zfsync.v1.CleanBufferReport.$Shape
             */

            /**
             * Constructs a new CleanBufferReport.
             * @memberof zfsync.v1
             * @classdesc Represents a CleanBufferReport.
             * @constructor
             * @param {zfsync.v1.CleanBufferReport.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CleanBufferReport = function (properties) {
                this.promotions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CleanBufferReport page.
             * @member {number} page
             * @memberof zfsync.v1.CleanBufferReport
             * @instance
             */
            CleanBufferReport.prototype.page = 0;

            /**
             * CleanBufferReport last.
             * @member {boolean} last
             * @memberof zfsync.v1.CleanBufferReport
             * @instance
             */
            CleanBufferReport.prototype.last = false;

            /**
             * CleanBufferReport promotions.
             * @member {Array.<zfsync.v1.Promotion>} promotions
             * @memberof zfsync.v1.CleanBufferReport
             * @instance
             */
            CleanBufferReport.prototype.promotions = $util.emptyArray;

            /**
             * Creates a new CleanBufferReport instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.CleanBufferReport
             * @static
             * @param {zfsync.v1.CleanBufferReport.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.CleanBufferReport} CleanBufferReport instance
             * @type {{
             *   (properties: zfsync.v1.CleanBufferReport.$Shape): zfsync.v1.CleanBufferReport & zfsync.v1.CleanBufferReport.$Shape;
             *   (properties?: zfsync.v1.CleanBufferReport.$Properties): zfsync.v1.CleanBufferReport;
             * }}
             */
            CleanBufferReport.create = function(properties) {
                return new CleanBufferReport(properties);
            };

            /**
             * Encodes the specified CleanBufferReport message. Does not implicitly {@link zfsync.v1.CleanBufferReport.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.CleanBufferReport
             * @static
             * @param {zfsync.v1.CleanBufferReport.$Properties} message CleanBufferReport message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CleanBufferReport.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.page != null && $Object.hasOwnProperty.call(message, "page") && message.page !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.page);
                if (message.last != null && $Object.hasOwnProperty.call(message, "last") && message.last !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.last);
                if (message.promotions != null && message.promotions.length)
                    for (let i = 0; i < message.promotions.length; ++i)
                        $root.zfsync.v1.Promotion.encode(message.promotions[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CleanBufferReport message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.CleanBufferReport
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.CleanBufferReport & zfsync.v1.CleanBufferReport.$Shape} CleanBufferReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CleanBufferReport.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.CleanBufferReport();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.page = value;
                            else
                                delete message.page;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.last = value;
                            else
                                delete message.last;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.promotions && message.promotions.length))
                                message.promotions = [];
                            message.promotions.push($root.zfsync.v1.Promotion.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a CleanBufferReport message.
             * @function verify
             * @memberof zfsync.v1.CleanBufferReport
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            CleanBufferReport.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.page != null && $Object.hasOwnProperty.call(message, "page"))
                    if (!$util.isInteger(message.page))
                        return "page: integer expected";
                if (message.last != null && $Object.hasOwnProperty.call(message, "last"))
                    if (typeof message.last !== "boolean")
                        return "last: boolean expected";
                if (message.promotions != null && $Object.hasOwnProperty.call(message, "promotions")) {
                    if (!$Array.isArray(message.promotions))
                        return "promotions: array expected";
                    for (let i = 0; i < message.promotions.length; ++i) {
                        let error = $root.zfsync.v1.Promotion.verify(message.promotions[i], _depth + 1);
                        if (error)
                            return "promotions." + error;
                    }
                }
                return null;
            };

            /**
             * Creates a CleanBufferReport message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.CleanBufferReport
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.CleanBufferReport} CleanBufferReport
             */
            CleanBufferReport.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.CleanBufferReport)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.CleanBufferReport: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.CleanBufferReport();
                if (object.page != null)
                    if ($Number(object.page) !== 0)
                        message.page = object.page >>> 0;
                if (object.last != null)
                    if (object.last)
                        message.last = $Boolean(object.last);
                if (object.promotions) {
                    if (!$Array.isArray(object.promotions))
                        throw $TypeError(".zfsync.v1.CleanBufferReport.promotions: array expected");
                    message.promotions = $Array(object.promotions.length);
                    for (let i = 0; i < object.promotions.length; ++i) {
                        if (!$util.isObject(object.promotions[i]))
                            throw $TypeError(".zfsync.v1.CleanBufferReport.promotions: object expected");
                        message.promotions[i] = $root.zfsync.v1.Promotion.fromObject(object.promotions[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a CleanBufferReport message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.CleanBufferReport
             * @static
             * @param {zfsync.v1.CleanBufferReport} message CleanBufferReport
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            CleanBufferReport.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.promotions = [];
                if (options.defaults) {
                    object.page = 0;
                    object.last = false;
                }
                if (message.page != null && $Object.hasOwnProperty.call(message, "page"))
                    object.page = message.page;
                if (message.last != null && $Object.hasOwnProperty.call(message, "last"))
                    object.last = message.last;
                if (message.promotions && message.promotions.length) {
                    object.promotions = $Array(message.promotions.length);
                    for (let j = 0; j < message.promotions.length; ++j)
                        object.promotions[j] = $root.zfsync.v1.Promotion.toObject(message.promotions[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this CleanBufferReport to JSON.
             * @function toJSON
             * @memberof zfsync.v1.CleanBufferReport
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            CleanBufferReport.prototype.toJSON = function() {
                return CleanBufferReport.toObject(this, $protobuf.util.toJSONOptions);
            };

            return CleanBufferReport;
        })();

        v1.Tidy = (function() {

            /**
             * Properties of a Tidy.
             * @typedef {Object} zfsync.v1.Tidy.$Properties
             * @property {boolean} [dryRun] Tidy dryRun
             * @property {boolean} [mirrorSnapshots] Tidy mirrorSnapshots
             * @property {Long|null} [mirrorDatasetsAfter] Tidy mirrorDatasetsAfter
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Tidy.
             * @memberof zfsync.v1
             * @interface ITidy
             * @augments zfsync.v1.Tidy.$Properties
             * @deprecated Use zfsync.v1.Tidy.$Properties instead.
             */

            /**
             * Shape of a Tidy.
             * @typedef {zfsync.v1.Tidy.$Properties} zfsync.v1.Tidy.$Shape
             */

            /**
             * Constructs a new Tidy.
             * @memberof zfsync.v1
             * @classdesc Represents a Tidy.
             * @constructor
             * @param {zfsync.v1.Tidy.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Tidy = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Tidy dryRun.
             * @member {boolean} dryRun
             * @memberof zfsync.v1.Tidy
             * @instance
             */
            Tidy.prototype.dryRun = false;

            /**
             * Tidy mirrorSnapshots.
             * @member {boolean} mirrorSnapshots
             * @memberof zfsync.v1.Tidy
             * @instance
             */
            Tidy.prototype.mirrorSnapshots = false;

            /**
             * Tidy mirrorDatasetsAfter.
             * @member {Long|null} mirrorDatasetsAfter
             * @memberof zfsync.v1.Tidy
             * @instance
             */
            Tidy.prototype.mirrorDatasetsAfter = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Tidy.prototype, "_mirrorDatasetsAfter", {
                get: $util.oneOfGetter($oneOfFields = ["mirrorDatasetsAfter"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new Tidy instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.Tidy
             * @static
             * @param {zfsync.v1.Tidy.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.Tidy} Tidy instance
             * @type {{
             *   (properties: zfsync.v1.Tidy.$Shape): zfsync.v1.Tidy & zfsync.v1.Tidy.$Shape;
             *   (properties?: zfsync.v1.Tidy.$Properties): zfsync.v1.Tidy;
             * }}
             */
            Tidy.create = function(properties) {
                return new Tidy(properties);
            };

            /**
             * Encodes the specified Tidy message. Does not implicitly {@link zfsync.v1.Tidy.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.Tidy
             * @static
             * @param {zfsync.v1.Tidy.$Properties} message Tidy message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Tidy.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.dryRun != null && $Object.hasOwnProperty.call(message, "dryRun") && message.dryRun !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.dryRun);
                if (message.mirrorSnapshots != null && $Object.hasOwnProperty.call(message, "mirrorSnapshots") && message.mirrorSnapshots !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.mirrorSnapshots);
                if (message.mirrorDatasetsAfter != null && $Object.hasOwnProperty.call(message, "mirrorDatasetsAfter"))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.mirrorDatasetsAfter);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Tidy message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.Tidy
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.Tidy & zfsync.v1.Tidy.$Shape} Tidy
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Tidy.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.Tidy();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.dryRun = value;
                            else
                                delete message.dryRun;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.mirrorSnapshots = value;
                            else
                                delete message.mirrorSnapshots;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.mirrorDatasetsAfter = reader.uint64();
                            message._mirrorDatasetsAfter = "mirrorDatasetsAfter";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Tidy message.
             * @function verify
             * @memberof zfsync.v1.Tidy
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Tidy.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                let properties = {};
                if (message.dryRun != null && $Object.hasOwnProperty.call(message, "dryRun"))
                    if (typeof message.dryRun !== "boolean")
                        return "dryRun: boolean expected";
                if (message.mirrorSnapshots != null && $Object.hasOwnProperty.call(message, "mirrorSnapshots"))
                    if (typeof message.mirrorSnapshots !== "boolean")
                        return "mirrorSnapshots: boolean expected";
                if (message.mirrorDatasetsAfter != null && $Object.hasOwnProperty.call(message, "mirrorDatasetsAfter")) {
                    properties._mirrorDatasetsAfter = 1;
                    if (!$util.isInteger(message.mirrorDatasetsAfter) && !(message.mirrorDatasetsAfter && $util.isInteger(message.mirrorDatasetsAfter.low) && $util.isInteger(message.mirrorDatasetsAfter.high)))
                        return "mirrorDatasetsAfter: integer|Long expected";
                }
                return null;
            };

            /**
             * Creates a Tidy message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.Tidy
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.Tidy} Tidy
             */
            Tidy.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.Tidy)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.Tidy: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.Tidy();
                if (object.dryRun != null)
                    if (object.dryRun)
                        message.dryRun = $Boolean(object.dryRun);
                if (object.mirrorSnapshots != null)
                    if (object.mirrorSnapshots)
                        message.mirrorSnapshots = $Boolean(object.mirrorSnapshots);
                if (object.mirrorDatasetsAfter != null)
                    if ($util.Long)
                        message.mirrorDatasetsAfter = $util.Long.fromValue(object.mirrorDatasetsAfter, true);
                    else if (typeof object.mirrorDatasetsAfter === "string")
                        message.mirrorDatasetsAfter = $parseInt(object.mirrorDatasetsAfter, 10);
                    else if (typeof object.mirrorDatasetsAfter === "number")
                        message.mirrorDatasetsAfter = object.mirrorDatasetsAfter;
                    else if (typeof object.mirrorDatasetsAfter === "object")
                        message.mirrorDatasetsAfter = new $util.LongBits(object.mirrorDatasetsAfter.low >>> 0, object.mirrorDatasetsAfter.high >>> 0).toNumber(true);
                return message;
            };

            /**
             * Creates a plain object from a Tidy message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.Tidy
             * @static
             * @param {zfsync.v1.Tidy} message Tidy
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Tidy.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.dryRun = false;
                    object.mirrorSnapshots = false;
                }
                if (message.dryRun != null && $Object.hasOwnProperty.call(message, "dryRun"))
                    object.dryRun = message.dryRun;
                if (message.mirrorSnapshots != null && $Object.hasOwnProperty.call(message, "mirrorSnapshots"))
                    object.mirrorSnapshots = message.mirrorSnapshots;
                if (message.mirrorDatasetsAfter != null && $Object.hasOwnProperty.call(message, "mirrorDatasetsAfter"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.mirrorDatasetsAfter = typeof message.mirrorDatasetsAfter === "number" ? $BigInt(message.mirrorDatasetsAfter) : $util.Long.fromBits(message.mirrorDatasetsAfter.low >>> 0, message.mirrorDatasetsAfter.high >>> 0, true).toBigInt();
                    else if (typeof message.mirrorDatasetsAfter === "number")
                        object.mirrorDatasetsAfter = options.longs === $String ? $String(message.mirrorDatasetsAfter) : message.mirrorDatasetsAfter;
                    else
                        object.mirrorDatasetsAfter = options.longs === $String ? $util.Long.prototype.toString.call(message.mirrorDatasetsAfter) : options.longs === $Number ? new $util.LongBits(message.mirrorDatasetsAfter.low >>> 0, message.mirrorDatasetsAfter.high >>> 0).toNumber(true) : message.mirrorDatasetsAfter;
                return object;
            };

            /**
             * Converts this Tidy to JSON.
             * @function toJSON
             * @memberof zfsync.v1.Tidy
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Tidy.prototype.toJSON = function() {
                return Tidy.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Tidy;
        })();

        /**
         * TidyAction enum.
         * @name zfsync.v1.TidyAction
         * @enum {number}
         * @property {number} TIDY_ACTION_UNSPECIFIED=0 TIDY_ACTION_UNSPECIFIED value
         * @property {number} TIDY_ACTION_PRUNE=1 TIDY_ACTION_PRUNE value
         * @property {number} TIDY_ACTION_MIRROR_SNAPSHOTS=2 TIDY_ACTION_MIRROR_SNAPSHOTS value
         * @property {number} TIDY_ACTION_MARK=3 TIDY_ACTION_MARK value
         * @property {number} TIDY_ACTION_WAIT=4 TIDY_ACTION_WAIT value
         * @property {number} TIDY_ACTION_UNMARK=5 TIDY_ACTION_UNMARK value
         * @property {number} TIDY_ACTION_ASIDE=6 TIDY_ACTION_ASIDE value
         * @property {number} TIDY_ACTION_DESTROY=7 TIDY_ACTION_DESTROY value
         */
        v1.TidyAction = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "TIDY_ACTION_UNSPECIFIED"] = 0;
            values[valuesById[1] = "TIDY_ACTION_PRUNE"] = 1;
            values[valuesById[2] = "TIDY_ACTION_MIRROR_SNAPSHOTS"] = 2;
            values[valuesById[3] = "TIDY_ACTION_MARK"] = 3;
            values[valuesById[4] = "TIDY_ACTION_WAIT"] = 4;
            values[valuesById[5] = "TIDY_ACTION_UNMARK"] = 5;
            values[valuesById[6] = "TIDY_ACTION_ASIDE"] = 6;
            values[valuesById[7] = "TIDY_ACTION_DESTROY"] = 7;
            return values;
        })();

        v1.TidyEntry = (function() {

            /**
             * Properties of a TidyEntry.
             * @typedef {Object} zfsync.v1.TidyEntry.$Properties
             * @property {string} [path] TidyEntry path
             * @property {zfsync.v1.TidyAction} [action] TidyEntry action
             * @property {Array.<string>} [names] TidyEntry names
             * @property {Long} [bytes] TidyEntry bytes
             * @property {Long} [due] TidyEntry due
             * @property {string|null} [aside] TidyEntry aside
             * @property {zfsync.v1.Failure.$Properties|null} [failure] TidyEntry failure
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TidyEntry.
             * @memberof zfsync.v1
             * @interface ITidyEntry
             * @augments zfsync.v1.TidyEntry.$Properties
             * @deprecated Use zfsync.v1.TidyEntry.$Properties instead.
             */

            /**
             * Shape of a TidyEntry.
             * @typedef {zfsync.v1.TidyEntry.$Properties} zfsync.v1.TidyEntry.$Shape
             */

            /**
             * Constructs a new TidyEntry.
             * @memberof zfsync.v1
             * @classdesc Represents a TidyEntry.
             * @constructor
             * @param {zfsync.v1.TidyEntry.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TidyEntry = function (properties) {
                this.names = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TidyEntry path.
             * @member {string} path
             * @memberof zfsync.v1.TidyEntry
             * @instance
             */
            TidyEntry.prototype.path = "";

            /**
             * TidyEntry action.
             * @member {zfsync.v1.TidyAction} action
             * @memberof zfsync.v1.TidyEntry
             * @instance
             */
            TidyEntry.prototype.action = 0;

            /**
             * TidyEntry names.
             * @member {Array.<string>} names
             * @memberof zfsync.v1.TidyEntry
             * @instance
             */
            TidyEntry.prototype.names = $util.emptyArray;

            /**
             * TidyEntry bytes.
             * @member {Long} bytes
             * @memberof zfsync.v1.TidyEntry
             * @instance
             */
            TidyEntry.prototype.bytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * TidyEntry due.
             * @member {Long} due
             * @memberof zfsync.v1.TidyEntry
             * @instance
             */
            TidyEntry.prototype.due = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * TidyEntry aside.
             * @member {string|null} aside
             * @memberof zfsync.v1.TidyEntry
             * @instance
             */
            TidyEntry.prototype.aside = null;

            /**
             * TidyEntry failure.
             * @member {zfsync.v1.Failure|null} failure
             * @memberof zfsync.v1.TidyEntry
             * @instance
             */
            TidyEntry.prototype.failure = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(TidyEntry.prototype, "_aside", {
                get: $util.oneOfGetter($oneOfFields = ["aside"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(TidyEntry.prototype, "_failure", {
                get: $util.oneOfGetter($oneOfFields = ["failure"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new TidyEntry instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.TidyEntry
             * @static
             * @param {zfsync.v1.TidyEntry.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.TidyEntry} TidyEntry instance
             * @type {{
             *   (properties: zfsync.v1.TidyEntry.$Shape): zfsync.v1.TidyEntry & zfsync.v1.TidyEntry.$Shape;
             *   (properties?: zfsync.v1.TidyEntry.$Properties): zfsync.v1.TidyEntry;
             * }}
             */
            TidyEntry.create = function(properties) {
                return new TidyEntry(properties);
            };

            /**
             * Encodes the specified TidyEntry message. Does not implicitly {@link zfsync.v1.TidyEntry.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.TidyEntry
             * @static
             * @param {zfsync.v1.TidyEntry.$Properties} message TidyEntry message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TidyEntry.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.path);
                if (message.action != null && $Object.hasOwnProperty.call(message, "action") && message.action !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.action);
                if (message.names != null && message.names.length)
                    for (let i = 0; i < message.names.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.names[i]);
                if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && (typeof message.bytes === "object" ? message.bytes.low || message.bytes.high : message.bytes !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.bytes);
                if (message.due != null && $Object.hasOwnProperty.call(message, "due") && (typeof message.due === "object" ? message.due.low || message.due.high : message.due !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.due);
                if (message.aside != null && $Object.hasOwnProperty.call(message, "aside"))
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.aside);
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    $root.zfsync.v1.Failure.encode(message.failure, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TidyEntry message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.TidyEntry
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.TidyEntry & zfsync.v1.TidyEntry.$Shape} TidyEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TidyEntry.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.TidyEntry();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.action = value;
                            else
                                delete message.action;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.names && message.names.length))
                                message.names = [];
                            message.names.push(reader.stringVerify());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.bytes = value;
                            else
                                delete message.bytes;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.due = value;
                            else
                                delete message.due;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.aside = reader.stringVerify();
                            message._aside = "aside";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.failure = $root.zfsync.v1.Failure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                            message._failure = "failure";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a TidyEntry message.
             * @function verify
             * @memberof zfsync.v1.TidyEntry
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            TidyEntry.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                let properties = {};
                if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                    if (!$util.isString(message.path))
                        return "path: string expected";
                if (message.action != null && $Object.hasOwnProperty.call(message, "action"))
                    if (typeof message.action !== "number" || (message.action | 0) !== message.action)
                        return "action: enum value expected";
                if (message.names != null && $Object.hasOwnProperty.call(message, "names")) {
                    if (!$Array.isArray(message.names))
                        return "names: array expected";
                    for (let i = 0; i < message.names.length; ++i)
                        if (!$util.isString(message.names[i]))
                            return "names: string[] expected";
                }
                if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes"))
                    if (!$util.isInteger(message.bytes) && !(message.bytes && $util.isInteger(message.bytes.low) && $util.isInteger(message.bytes.high)))
                        return "bytes: integer|Long expected";
                if (message.due != null && $Object.hasOwnProperty.call(message, "due"))
                    if (!$util.isInteger(message.due) && !(message.due && $util.isInteger(message.due.low) && $util.isInteger(message.due.high)))
                        return "due: integer|Long expected";
                if (message.aside != null && $Object.hasOwnProperty.call(message, "aside")) {
                    properties._aside = 1;
                    if (!$util.isString(message.aside))
                        return "aside: string expected";
                }
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure")) {
                    properties._failure = 1;
                    {
                        let error = $root.zfsync.v1.Failure.verify(message.failure, _depth + 1);
                        if (error)
                            return "failure." + error;
                    }
                }
                return null;
            };

            /**
             * Creates a TidyEntry message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.TidyEntry
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.TidyEntry} TidyEntry
             */
            TidyEntry.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.TidyEntry)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.TidyEntry: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.TidyEntry();
                if (object.path != null)
                    if (typeof object.path !== "string" || object.path.length)
                        message.path = $String(object.path);
                if (object.action !== 0 && (typeof object.action !== "string" || $root.zfsync.v1.TidyAction[object.action] !== 0))
                    switch (object.action) {
                    case "TIDY_ACTION_UNSPECIFIED":
                    case 0:
                        message.action = 0;
                        break;
                    case "TIDY_ACTION_PRUNE":
                    case 1:
                        message.action = 1;
                        break;
                    case "TIDY_ACTION_MIRROR_SNAPSHOTS":
                    case 2:
                        message.action = 2;
                        break;
                    case "TIDY_ACTION_MARK":
                    case 3:
                        message.action = 3;
                        break;
                    case "TIDY_ACTION_WAIT":
                    case 4:
                        message.action = 4;
                        break;
                    case "TIDY_ACTION_UNMARK":
                    case 5:
                        message.action = 5;
                        break;
                    case "TIDY_ACTION_ASIDE":
                    case 6:
                        message.action = 6;
                        break;
                    case "TIDY_ACTION_DESTROY":
                    case 7:
                        message.action = 7;
                        break;
                    default:
                        if (typeof object.action === "number" && (object.action | 0) === object.action)
                            message.action = object.action;
                    }
                if (object.names) {
                    if (!$Array.isArray(object.names))
                        throw $TypeError(".zfsync.v1.TidyEntry.names: array expected");
                    message.names = $Array(object.names.length);
                    for (let i = 0; i < object.names.length; ++i)
                        message.names[i] = $String(object.names[i]);
                }
                if (object.bytes != null)
                    if (typeof object.bytes === "object" ? object.bytes.low || object.bytes.high : $Number(object.bytes) !== 0)
                        if ($util.Long)
                            message.bytes = $util.Long.fromValue(object.bytes, true);
                        else if (typeof object.bytes === "string")
                            message.bytes = $parseInt(object.bytes, 10);
                        else if (typeof object.bytes === "number")
                            message.bytes = object.bytes;
                        else if (typeof object.bytes === "object")
                            message.bytes = new $util.LongBits(object.bytes.low >>> 0, object.bytes.high >>> 0).toNumber(true);
                if (object.due != null)
                    if (typeof object.due === "object" ? object.due.low || object.due.high : $Number(object.due) !== 0)
                        if ($util.Long)
                            message.due = $util.Long.fromValue(object.due, true);
                        else if (typeof object.due === "string")
                            message.due = $parseInt(object.due, 10);
                        else if (typeof object.due === "number")
                            message.due = object.due;
                        else if (typeof object.due === "object")
                            message.due = new $util.LongBits(object.due.low >>> 0, object.due.high >>> 0).toNumber(true);
                if (object.aside != null)
                    message.aside = $String(object.aside);
                if (object.failure != null) {
                    if (!$util.isObject(object.failure))
                        throw $TypeError(".zfsync.v1.TidyEntry.failure: object expected");
                    message.failure = $root.zfsync.v1.Failure.fromObject(object.failure, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a TidyEntry message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.TidyEntry
             * @static
             * @param {zfsync.v1.TidyEntry} message TidyEntry
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            TidyEntry.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.names = [];
                if (options.defaults) {
                    object.path = "";
                    object.action = options.enums === $String ? "TIDY_ACTION_UNSPECIFIED" : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.bytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.bytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.due = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.due = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                }
                if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                    object.path = message.path;
                if (message.action != null && $Object.hasOwnProperty.call(message, "action"))
                    object.action = options.enums === $String ? $root.zfsync.v1.TidyAction[message.action] === $undefined ? message.action : $root.zfsync.v1.TidyAction[message.action] : message.action;
                if (message.names && message.names.length) {
                    object.names = $Array(message.names.length);
                    for (let j = 0; j < message.names.length; ++j)
                        object.names[j] = message.names[j];
                }
                if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.bytes = typeof message.bytes === "number" ? $BigInt(message.bytes) : $util.Long.fromBits(message.bytes.low >>> 0, message.bytes.high >>> 0, true).toBigInt();
                    else if (typeof message.bytes === "number")
                        object.bytes = options.longs === $String ? $String(message.bytes) : message.bytes;
                    else
                        object.bytes = options.longs === $String ? $util.Long.prototype.toString.call(message.bytes) : options.longs === $Number ? new $util.LongBits(message.bytes.low >>> 0, message.bytes.high >>> 0).toNumber(true) : message.bytes;
                if (message.due != null && $Object.hasOwnProperty.call(message, "due"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.due = typeof message.due === "number" ? $BigInt(message.due) : $util.Long.fromBits(message.due.low >>> 0, message.due.high >>> 0, true).toBigInt();
                    else if (typeof message.due === "number")
                        object.due = options.longs === $String ? $String(message.due) : message.due;
                    else
                        object.due = options.longs === $String ? $util.Long.prototype.toString.call(message.due) : options.longs === $Number ? new $util.LongBits(message.due.low >>> 0, message.due.high >>> 0).toNumber(true) : message.due;
                if (message.aside != null && $Object.hasOwnProperty.call(message, "aside"))
                    object.aside = message.aside;
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    object.failure = $root.zfsync.v1.Failure.toObject(message.failure, options, _depth + 1);
                return object;
            };

            /**
             * Converts this TidyEntry to JSON.
             * @function toJSON
             * @memberof zfsync.v1.TidyEntry
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            TidyEntry.prototype.toJSON = function() {
                return TidyEntry.toObject(this, $protobuf.util.toJSONOptions);
            };

            return TidyEntry;
        })();

        v1.TidyReport = (function() {

            /**
             * Properties of a TidyReport.
             * @typedef {Object} zfsync.v1.TidyReport.$Properties
             * @property {number} [page] TidyReport page
             * @property {boolean} [last] TidyReport last
             * @property {Array.<zfsync.v1.TidyEntry.$Properties>} [entries] TidyReport entries
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TidyReport.
             * @memberof zfsync.v1
             * @interface ITidyReport
             * @augments zfsync.v1.TidyReport.$Properties
             * @deprecated Use zfsync.v1.TidyReport.$Properties instead.
             */

            /**
             * Shape of a TidyReport.
             * @typedef {zfsync.v1.TidyReport.$Properties} zfsync.v1.TidyReport.$Shape
             */

            /**
             * Constructs a new TidyReport.
             * @memberof zfsync.v1
             * @classdesc Represents a TidyReport.
             * @constructor
             * @param {zfsync.v1.TidyReport.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TidyReport = function (properties) {
                this.entries = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TidyReport page.
             * @member {number} page
             * @memberof zfsync.v1.TidyReport
             * @instance
             */
            TidyReport.prototype.page = 0;

            /**
             * TidyReport last.
             * @member {boolean} last
             * @memberof zfsync.v1.TidyReport
             * @instance
             */
            TidyReport.prototype.last = false;

            /**
             * TidyReport entries.
             * @member {Array.<zfsync.v1.TidyEntry>} entries
             * @memberof zfsync.v1.TidyReport
             * @instance
             */
            TidyReport.prototype.entries = $util.emptyArray;

            /**
             * Creates a new TidyReport instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.TidyReport
             * @static
             * @param {zfsync.v1.TidyReport.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.TidyReport} TidyReport instance
             * @type {{
             *   (properties: zfsync.v1.TidyReport.$Shape): zfsync.v1.TidyReport & zfsync.v1.TidyReport.$Shape;
             *   (properties?: zfsync.v1.TidyReport.$Properties): zfsync.v1.TidyReport;
             * }}
             */
            TidyReport.create = function(properties) {
                return new TidyReport(properties);
            };

            /**
             * Encodes the specified TidyReport message. Does not implicitly {@link zfsync.v1.TidyReport.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.TidyReport
             * @static
             * @param {zfsync.v1.TidyReport.$Properties} message TidyReport message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TidyReport.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.page != null && $Object.hasOwnProperty.call(message, "page") && message.page !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.page);
                if (message.last != null && $Object.hasOwnProperty.call(message, "last") && message.last !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.last);
                if (message.entries != null && message.entries.length)
                    for (let i = 0; i < message.entries.length; ++i)
                        $root.zfsync.v1.TidyEntry.encode(message.entries[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TidyReport message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.TidyReport
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.TidyReport & zfsync.v1.TidyReport.$Shape} TidyReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TidyReport.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.TidyReport();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.page = value;
                            else
                                delete message.page;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.last = value;
                            else
                                delete message.last;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.entries && message.entries.length))
                                message.entries = [];
                            message.entries.push($root.zfsync.v1.TidyEntry.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a TidyReport message.
             * @function verify
             * @memberof zfsync.v1.TidyReport
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            TidyReport.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.page != null && $Object.hasOwnProperty.call(message, "page"))
                    if (!$util.isInteger(message.page))
                        return "page: integer expected";
                if (message.last != null && $Object.hasOwnProperty.call(message, "last"))
                    if (typeof message.last !== "boolean")
                        return "last: boolean expected";
                if (message.entries != null && $Object.hasOwnProperty.call(message, "entries")) {
                    if (!$Array.isArray(message.entries))
                        return "entries: array expected";
                    for (let i = 0; i < message.entries.length; ++i) {
                        let error = $root.zfsync.v1.TidyEntry.verify(message.entries[i], _depth + 1);
                        if (error)
                            return "entries." + error;
                    }
                }
                return null;
            };

            /**
             * Creates a TidyReport message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.TidyReport
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.TidyReport} TidyReport
             */
            TidyReport.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.TidyReport)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.TidyReport: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.TidyReport();
                if (object.page != null)
                    if ($Number(object.page) !== 0)
                        message.page = object.page >>> 0;
                if (object.last != null)
                    if (object.last)
                        message.last = $Boolean(object.last);
                if (object.entries) {
                    if (!$Array.isArray(object.entries))
                        throw $TypeError(".zfsync.v1.TidyReport.entries: array expected");
                    message.entries = $Array(object.entries.length);
                    for (let i = 0; i < object.entries.length; ++i) {
                        if (!$util.isObject(object.entries[i]))
                            throw $TypeError(".zfsync.v1.TidyReport.entries: object expected");
                        message.entries[i] = $root.zfsync.v1.TidyEntry.fromObject(object.entries[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a TidyReport message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.TidyReport
             * @static
             * @param {zfsync.v1.TidyReport} message TidyReport
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            TidyReport.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.entries = [];
                if (options.defaults) {
                    object.page = 0;
                    object.last = false;
                }
                if (message.page != null && $Object.hasOwnProperty.call(message, "page"))
                    object.page = message.page;
                if (message.last != null && $Object.hasOwnProperty.call(message, "last"))
                    object.last = message.last;
                if (message.entries && message.entries.length) {
                    object.entries = $Array(message.entries.length);
                    for (let j = 0; j < message.entries.length; ++j)
                        object.entries[j] = $root.zfsync.v1.TidyEntry.toObject(message.entries[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this TidyReport to JSON.
             * @function toJSON
             * @memberof zfsync.v1.TidyReport
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            TidyReport.prototype.toJSON = function() {
                return TidyReport.toObject(this, $protobuf.util.toJSONOptions);
            };

            return TidyReport;
        })();

        /**
         * StreamMode enum.
         * @name zfsync.v1.StreamMode
         * @enum {number}
         * @property {number} STREAM_MODE_UNSPECIFIED=0 STREAM_MODE_UNSPECIFIED value
         * @property {number} STREAM_MODE_FRAMED=1 STREAM_MODE_FRAMED value
         * @property {number} STREAM_MODE_DIRECT=2 STREAM_MODE_DIRECT value
         */
        v1.StreamMode = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "STREAM_MODE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "STREAM_MODE_FRAMED"] = 1;
            values[valuesById[2] = "STREAM_MODE_DIRECT"] = 2;
            return values;
        })();

        v1.BeginStream = (function() {

            /**
             * Properties of a BeginStream.
             * @typedef {Object} zfsync.v1.BeginStream.$Properties
             * @property {string} [path] BeginStream path
             * @property {Long|null} [from] BeginStream from
             * @property {Long} [to] BeginStream to
             * @property {boolean} [intermediates] BeginStream intermediates
             * @property {boolean} [raw] BeginStream raw
             * @property {boolean} [largeBlocks] BeginStream largeBlocks
             * @property {boolean} [compressed] BeginStream compressed
             * @property {boolean} [embedded] BeginStream embedded
             * @property {zfsync.v1.StreamMode} [mode] BeginStream mode
             * @property {string|null} [resume] BeginStream resume
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BeginStream.
             * @memberof zfsync.v1
             * @interface IBeginStream
             * @augments zfsync.v1.BeginStream.$Properties
             * @deprecated Use zfsync.v1.BeginStream.$Properties instead.
             */

            /**
             * Shape of a BeginStream.
             * @typedef {zfsync.v1.BeginStream.$Properties} zfsync.v1.BeginStream.$Shape
             */

            /**
             * Constructs a new BeginStream.
             * @memberof zfsync.v1
             * @classdesc Represents a BeginStream.
             * @constructor
             * @param {zfsync.v1.BeginStream.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BeginStream = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BeginStream path.
             * @member {string} path
             * @memberof zfsync.v1.BeginStream
             * @instance
             */
            BeginStream.prototype.path = "";

            /**
             * BeginStream from.
             * @member {Long|null} from
             * @memberof zfsync.v1.BeginStream
             * @instance
             */
            BeginStream.prototype.from = null;

            /**
             * BeginStream to.
             * @member {Long} to
             * @memberof zfsync.v1.BeginStream
             * @instance
             */
            BeginStream.prototype.to = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * BeginStream intermediates.
             * @member {boolean} intermediates
             * @memberof zfsync.v1.BeginStream
             * @instance
             */
            BeginStream.prototype.intermediates = false;

            /**
             * BeginStream raw.
             * @member {boolean} raw
             * @memberof zfsync.v1.BeginStream
             * @instance
             */
            BeginStream.prototype.raw = false;

            /**
             * BeginStream largeBlocks.
             * @member {boolean} largeBlocks
             * @memberof zfsync.v1.BeginStream
             * @instance
             */
            BeginStream.prototype.largeBlocks = false;

            /**
             * BeginStream compressed.
             * @member {boolean} compressed
             * @memberof zfsync.v1.BeginStream
             * @instance
             */
            BeginStream.prototype.compressed = false;

            /**
             * BeginStream embedded.
             * @member {boolean} embedded
             * @memberof zfsync.v1.BeginStream
             * @instance
             */
            BeginStream.prototype.embedded = false;

            /**
             * BeginStream mode.
             * @member {zfsync.v1.StreamMode} mode
             * @memberof zfsync.v1.BeginStream
             * @instance
             */
            BeginStream.prototype.mode = 0;

            /**
             * BeginStream resume.
             * @member {string|null} resume
             * @memberof zfsync.v1.BeginStream
             * @instance
             */
            BeginStream.prototype.resume = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(BeginStream.prototype, "_from", {
                get: $util.oneOfGetter($oneOfFields = ["from"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(BeginStream.prototype, "_resume", {
                get: $util.oneOfGetter($oneOfFields = ["resume"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new BeginStream instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.BeginStream
             * @static
             * @param {zfsync.v1.BeginStream.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.BeginStream} BeginStream instance
             * @type {{
             *   (properties: zfsync.v1.BeginStream.$Shape): zfsync.v1.BeginStream & zfsync.v1.BeginStream.$Shape;
             *   (properties?: zfsync.v1.BeginStream.$Properties): zfsync.v1.BeginStream;
             * }}
             */
            BeginStream.create = function(properties) {
                return new BeginStream(properties);
            };

            /**
             * Encodes the specified BeginStream message. Does not implicitly {@link zfsync.v1.BeginStream.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.BeginStream
             * @static
             * @param {zfsync.v1.BeginStream.$Properties} message BeginStream message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BeginStream.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.path);
                if (message.from != null && $Object.hasOwnProperty.call(message, "from"))
                    writer.uint32(/* id 2, wireType 1 =*/17).fixed64(message.from);
                if (message.to != null && $Object.hasOwnProperty.call(message, "to") && (typeof message.to === "object" ? message.to.low || message.to.high : message.to !== 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).fixed64(message.to);
                if (message.intermediates != null && $Object.hasOwnProperty.call(message, "intermediates") && message.intermediates !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.intermediates);
                if (message.raw != null && $Object.hasOwnProperty.call(message, "raw") && message.raw !== false)
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.raw);
                if (message.largeBlocks != null && $Object.hasOwnProperty.call(message, "largeBlocks") && message.largeBlocks !== false)
                    writer.uint32(/* id 6, wireType 0 =*/48).bool(message.largeBlocks);
                if (message.compressed != null && $Object.hasOwnProperty.call(message, "compressed") && message.compressed !== false)
                    writer.uint32(/* id 7, wireType 0 =*/56).bool(message.compressed);
                if (message.embedded != null && $Object.hasOwnProperty.call(message, "embedded") && message.embedded !== false)
                    writer.uint32(/* id 8, wireType 0 =*/64).bool(message.embedded);
                if (message.mode != null && $Object.hasOwnProperty.call(message, "mode") && message.mode !== 0)
                    writer.uint32(/* id 9, wireType 0 =*/72).int32(message.mode);
                if (message.resume != null && $Object.hasOwnProperty.call(message, "resume"))
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.resume);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BeginStream message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.BeginStream
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.BeginStream & zfsync.v1.BeginStream.$Shape} BeginStream
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BeginStream.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.BeginStream();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            message.from = reader.fixed64();
                            message._from = "from";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.fixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.to = value;
                            else
                                delete message.to;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.intermediates = value;
                            else
                                delete message.intermediates;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.raw = value;
                            else
                                delete message.raw;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.largeBlocks = value;
                            else
                                delete message.largeBlocks;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.compressed = value;
                            else
                                delete message.compressed;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.embedded = value;
                            else
                                delete message.embedded;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.mode = value;
                            else
                                delete message.mode;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.resume = reader.stringVerify();
                            message._resume = "resume";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a BeginStream message.
             * @function verify
             * @memberof zfsync.v1.BeginStream
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            BeginStream.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                let properties = {};
                if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                    if (!$util.isString(message.path))
                        return "path: string expected";
                if (message.from != null && $Object.hasOwnProperty.call(message, "from")) {
                    properties._from = 1;
                    if (!$util.isInteger(message.from) && !(message.from && $util.isInteger(message.from.low) && $util.isInteger(message.from.high)))
                        return "from: integer|Long expected";
                }
                if (message.to != null && $Object.hasOwnProperty.call(message, "to"))
                    if (!$util.isInteger(message.to) && !(message.to && $util.isInteger(message.to.low) && $util.isInteger(message.to.high)))
                        return "to: integer|Long expected";
                if (message.intermediates != null && $Object.hasOwnProperty.call(message, "intermediates"))
                    if (typeof message.intermediates !== "boolean")
                        return "intermediates: boolean expected";
                if (message.raw != null && $Object.hasOwnProperty.call(message, "raw"))
                    if (typeof message.raw !== "boolean")
                        return "raw: boolean expected";
                if (message.largeBlocks != null && $Object.hasOwnProperty.call(message, "largeBlocks"))
                    if (typeof message.largeBlocks !== "boolean")
                        return "largeBlocks: boolean expected";
                if (message.compressed != null && $Object.hasOwnProperty.call(message, "compressed"))
                    if (typeof message.compressed !== "boolean")
                        return "compressed: boolean expected";
                if (message.embedded != null && $Object.hasOwnProperty.call(message, "embedded"))
                    if (typeof message.embedded !== "boolean")
                        return "embedded: boolean expected";
                if (message.mode != null && $Object.hasOwnProperty.call(message, "mode"))
                    if (typeof message.mode !== "number" || (message.mode | 0) !== message.mode)
                        return "mode: enum value expected";
                if (message.resume != null && $Object.hasOwnProperty.call(message, "resume")) {
                    properties._resume = 1;
                    if (!$util.isString(message.resume))
                        return "resume: string expected";
                }
                return null;
            };

            /**
             * Creates a BeginStream message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.BeginStream
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.BeginStream} BeginStream
             */
            BeginStream.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.BeginStream)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.BeginStream: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.BeginStream();
                if (object.path != null)
                    if (typeof object.path !== "string" || object.path.length)
                        message.path = $String(object.path);
                if (object.from != null)
                    if ($util.Long)
                        message.from = $util.Long.fromValue(object.from, true);
                    else if (typeof object.from === "string")
                        message.from = $parseInt(object.from, 10);
                    else if (typeof object.from === "number")
                        message.from = object.from;
                    else if (typeof object.from === "object")
                        message.from = new $util.LongBits(object.from.low >>> 0, object.from.high >>> 0).toNumber(true);
                if (object.to != null)
                    if (typeof object.to === "object" ? object.to.low || object.to.high : $Number(object.to) !== 0)
                        if ($util.Long)
                            message.to = $util.Long.fromValue(object.to, true);
                        else if (typeof object.to === "string")
                            message.to = $parseInt(object.to, 10);
                        else if (typeof object.to === "number")
                            message.to = object.to;
                        else if (typeof object.to === "object")
                            message.to = new $util.LongBits(object.to.low >>> 0, object.to.high >>> 0).toNumber(true);
                if (object.intermediates != null)
                    if (object.intermediates)
                        message.intermediates = $Boolean(object.intermediates);
                if (object.raw != null)
                    if (object.raw)
                        message.raw = $Boolean(object.raw);
                if (object.largeBlocks != null)
                    if (object.largeBlocks)
                        message.largeBlocks = $Boolean(object.largeBlocks);
                if (object.compressed != null)
                    if (object.compressed)
                        message.compressed = $Boolean(object.compressed);
                if (object.embedded != null)
                    if (object.embedded)
                        message.embedded = $Boolean(object.embedded);
                if (object.mode !== 0 && (typeof object.mode !== "string" || $root.zfsync.v1.StreamMode[object.mode] !== 0))
                    switch (object.mode) {
                    case "STREAM_MODE_UNSPECIFIED":
                    case 0:
                        message.mode = 0;
                        break;
                    case "STREAM_MODE_FRAMED":
                    case 1:
                        message.mode = 1;
                        break;
                    case "STREAM_MODE_DIRECT":
                    case 2:
                        message.mode = 2;
                        break;
                    default:
                        if (typeof object.mode === "number" && (object.mode | 0) === object.mode)
                            message.mode = object.mode;
                    }
                if (object.resume != null)
                    message.resume = $String(object.resume);
                return message;
            };

            /**
             * Creates a plain object from a BeginStream message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.BeginStream
             * @static
             * @param {zfsync.v1.BeginStream} message BeginStream
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            BeginStream.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.path = "";
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.to = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.to = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.intermediates = false;
                    object.raw = false;
                    object.largeBlocks = false;
                    object.compressed = false;
                    object.embedded = false;
                    object.mode = options.enums === $String ? "STREAM_MODE_UNSPECIFIED" : 0;
                }
                if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                    object.path = message.path;
                if (message.from != null && $Object.hasOwnProperty.call(message, "from"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.from = typeof message.from === "number" ? $BigInt(message.from) : $util.Long.fromBits(message.from.low >>> 0, message.from.high >>> 0, true).toBigInt();
                    else if (typeof message.from === "number")
                        object.from = options.longs === $String ? $String(message.from) : message.from;
                    else
                        object.from = options.longs === $String ? $util.Long.prototype.toString.call(message.from) : options.longs === $Number ? new $util.LongBits(message.from.low >>> 0, message.from.high >>> 0).toNumber(true) : message.from;
                if (message.to != null && $Object.hasOwnProperty.call(message, "to"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.to = typeof message.to === "number" ? $BigInt(message.to) : $util.Long.fromBits(message.to.low >>> 0, message.to.high >>> 0, true).toBigInt();
                    else if (typeof message.to === "number")
                        object.to = options.longs === $String ? $String(message.to) : message.to;
                    else
                        object.to = options.longs === $String ? $util.Long.prototype.toString.call(message.to) : options.longs === $Number ? new $util.LongBits(message.to.low >>> 0, message.to.high >>> 0).toNumber(true) : message.to;
                if (message.intermediates != null && $Object.hasOwnProperty.call(message, "intermediates"))
                    object.intermediates = message.intermediates;
                if (message.raw != null && $Object.hasOwnProperty.call(message, "raw"))
                    object.raw = message.raw;
                if (message.largeBlocks != null && $Object.hasOwnProperty.call(message, "largeBlocks"))
                    object.largeBlocks = message.largeBlocks;
                if (message.compressed != null && $Object.hasOwnProperty.call(message, "compressed"))
                    object.compressed = message.compressed;
                if (message.embedded != null && $Object.hasOwnProperty.call(message, "embedded"))
                    object.embedded = message.embedded;
                if (message.mode != null && $Object.hasOwnProperty.call(message, "mode"))
                    object.mode = options.enums === $String ? $root.zfsync.v1.StreamMode[message.mode] === $undefined ? message.mode : $root.zfsync.v1.StreamMode[message.mode] : message.mode;
                if (message.resume != null && $Object.hasOwnProperty.call(message, "resume"))
                    object.resume = message.resume;
                return object;
            };

            /**
             * Converts this BeginStream to JSON.
             * @function toJSON
             * @memberof zfsync.v1.BeginStream
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            BeginStream.prototype.toJSON = function() {
                return BeginStream.toObject(this, $protobuf.util.toJSONOptions);
            };

            return BeginStream;
        })();

        v1.StreamReady = (function() {

            /**
             * Properties of a StreamReady.
             * @typedef {Object} zfsync.v1.StreamReady.$Properties
             * @property {zfsync.v1.StreamMode} [mode] StreamReady mode
             * @property {string} [target] StreamReady target
             * @property {boolean} [parked] StreamReady parked
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StreamReady.
             * @memberof zfsync.v1
             * @interface IStreamReady
             * @augments zfsync.v1.StreamReady.$Properties
             * @deprecated Use zfsync.v1.StreamReady.$Properties instead.
             */

            /**
             * Shape of a StreamReady.
             * @typedef {zfsync.v1.StreamReady.$Properties} zfsync.v1.StreamReady.$Shape
             */

            /**
             * Constructs a new StreamReady.
             * @memberof zfsync.v1
             * @classdesc Represents a StreamReady.
             * @constructor
             * @param {zfsync.v1.StreamReady.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StreamReady = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StreamReady mode.
             * @member {zfsync.v1.StreamMode} mode
             * @memberof zfsync.v1.StreamReady
             * @instance
             */
            StreamReady.prototype.mode = 0;

            /**
             * StreamReady target.
             * @member {string} target
             * @memberof zfsync.v1.StreamReady
             * @instance
             */
            StreamReady.prototype.target = "";

            /**
             * StreamReady parked.
             * @member {boolean} parked
             * @memberof zfsync.v1.StreamReady
             * @instance
             */
            StreamReady.prototype.parked = false;

            /**
             * Creates a new StreamReady instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.StreamReady
             * @static
             * @param {zfsync.v1.StreamReady.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.StreamReady} StreamReady instance
             * @type {{
             *   (properties: zfsync.v1.StreamReady.$Shape): zfsync.v1.StreamReady & zfsync.v1.StreamReady.$Shape;
             *   (properties?: zfsync.v1.StreamReady.$Properties): zfsync.v1.StreamReady;
             * }}
             */
            StreamReady.create = function(properties) {
                return new StreamReady(properties);
            };

            /**
             * Encodes the specified StreamReady message. Does not implicitly {@link zfsync.v1.StreamReady.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.StreamReady
             * @static
             * @param {zfsync.v1.StreamReady.$Properties} message StreamReady message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StreamReady.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.mode != null && $Object.hasOwnProperty.call(message, "mode") && message.mode !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.mode);
                if (message.target != null && $Object.hasOwnProperty.call(message, "target") && message.target !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.target);
                if (message.parked != null && $Object.hasOwnProperty.call(message, "parked") && message.parked !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.parked);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StreamReady message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.StreamReady
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.StreamReady & zfsync.v1.StreamReady.$Shape} StreamReady
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StreamReady.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.StreamReady();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.mode = value;
                            else
                                delete message.mode;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.target = value;
                            else
                                delete message.target;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.parked = value;
                            else
                                delete message.parked;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a StreamReady message.
             * @function verify
             * @memberof zfsync.v1.StreamReady
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            StreamReady.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.mode != null && $Object.hasOwnProperty.call(message, "mode"))
                    if (typeof message.mode !== "number" || (message.mode | 0) !== message.mode)
                        return "mode: enum value expected";
                if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                    if (!$util.isString(message.target))
                        return "target: string expected";
                if (message.parked != null && $Object.hasOwnProperty.call(message, "parked"))
                    if (typeof message.parked !== "boolean")
                        return "parked: boolean expected";
                return null;
            };

            /**
             * Creates a StreamReady message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.StreamReady
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.StreamReady} StreamReady
             */
            StreamReady.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.StreamReady)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.StreamReady: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.StreamReady();
                if (object.mode !== 0 && (typeof object.mode !== "string" || $root.zfsync.v1.StreamMode[object.mode] !== 0))
                    switch (object.mode) {
                    case "STREAM_MODE_UNSPECIFIED":
                    case 0:
                        message.mode = 0;
                        break;
                    case "STREAM_MODE_FRAMED":
                    case 1:
                        message.mode = 1;
                        break;
                    case "STREAM_MODE_DIRECT":
                    case 2:
                        message.mode = 2;
                        break;
                    default:
                        if (typeof object.mode === "number" && (object.mode | 0) === object.mode)
                            message.mode = object.mode;
                    }
                if (object.target != null)
                    if (typeof object.target !== "string" || object.target.length)
                        message.target = $String(object.target);
                if (object.parked != null)
                    if (object.parked)
                        message.parked = $Boolean(object.parked);
                return message;
            };

            /**
             * Creates a plain object from a StreamReady message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.StreamReady
             * @static
             * @param {zfsync.v1.StreamReady} message StreamReady
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            StreamReady.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.mode = options.enums === $String ? "STREAM_MODE_UNSPECIFIED" : 0;
                    object.target = "";
                    object.parked = false;
                }
                if (message.mode != null && $Object.hasOwnProperty.call(message, "mode"))
                    object.mode = options.enums === $String ? $root.zfsync.v1.StreamMode[message.mode] === $undefined ? message.mode : $root.zfsync.v1.StreamMode[message.mode] : message.mode;
                if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                    object.target = message.target;
                if (message.parked != null && $Object.hasOwnProperty.call(message, "parked"))
                    object.parked = message.parked;
                return object;
            };

            /**
             * Converts this StreamReady to JSON.
             * @function toJSON
             * @memberof zfsync.v1.StreamReady
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            StreamReady.prototype.toJSON = function() {
                return StreamReady.toObject(this, $protobuf.util.toJSONOptions);
            };

            return StreamReady;
        })();

        v1.StreamRefused = (function() {

            /**
             * Properties of a StreamRefused.
             * @typedef {Object} zfsync.v1.StreamRefused.$Properties
             * @property {zfsync.v1.Failure.$Properties} [failure] StreamRefused failure
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StreamRefused.
             * @memberof zfsync.v1
             * @interface IStreamRefused
             * @augments zfsync.v1.StreamRefused.$Properties
             * @deprecated Use zfsync.v1.StreamRefused.$Properties instead.
             */

            /**
             * Shape of a StreamRefused.
             * @typedef {zfsync.v1.StreamRefused.$Properties} zfsync.v1.StreamRefused.$Shape
             */

            /**
             * Constructs a new StreamRefused.
             * @memberof zfsync.v1
             * @classdesc Represents a StreamRefused.
             * @constructor
             * @param {zfsync.v1.StreamRefused.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StreamRefused = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StreamRefused failure.
             * @member {zfsync.v1.Failure} failure
             * @memberof zfsync.v1.StreamRefused
             * @instance
             */
            StreamRefused.prototype.failure = null;

            /**
             * Creates a new StreamRefused instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.StreamRefused
             * @static
             * @param {zfsync.v1.StreamRefused.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.StreamRefused} StreamRefused instance
             * @type {{
             *   (properties: zfsync.v1.StreamRefused.$Shape): zfsync.v1.StreamRefused & zfsync.v1.StreamRefused.$Shape;
             *   (properties?: zfsync.v1.StreamRefused.$Properties): zfsync.v1.StreamRefused;
             * }}
             */
            StreamRefused.create = function(properties) {
                return new StreamRefused(properties);
            };

            /**
             * Encodes the specified StreamRefused message. Does not implicitly {@link zfsync.v1.StreamRefused.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.StreamRefused
             * @static
             * @param {zfsync.v1.StreamRefused.$Properties} message StreamRefused message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StreamRefused.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    $root.zfsync.v1.Failure.encode(message.failure, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StreamRefused message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.StreamRefused
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.StreamRefused & zfsync.v1.StreamRefused.$Shape} StreamRefused
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StreamRefused.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.StreamRefused();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.failure = $root.zfsync.v1.Failure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a StreamRefused message.
             * @function verify
             * @memberof zfsync.v1.StreamRefused
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            StreamRefused.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure")) {
                    let error = $root.zfsync.v1.Failure.verify(message.failure, _depth + 1);
                    if (error)
                        return "failure." + error;
                }
                return null;
            };

            /**
             * Creates a StreamRefused message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.StreamRefused
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.StreamRefused} StreamRefused
             */
            StreamRefused.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.StreamRefused)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.StreamRefused: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.StreamRefused();
                if (object.failure != null) {
                    if (!$util.isObject(object.failure))
                        throw $TypeError(".zfsync.v1.StreamRefused.failure: object expected");
                    message.failure = $root.zfsync.v1.Failure.fromObject(object.failure, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a StreamRefused message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.StreamRefused
             * @static
             * @param {zfsync.v1.StreamRefused} message StreamRefused
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            StreamRefused.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.failure = null;
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    object.failure = $root.zfsync.v1.Failure.toObject(message.failure, options, _depth + 1);
                return object;
            };

            /**
             * Converts this StreamRefused to JSON.
             * @function toJSON
             * @memberof zfsync.v1.StreamRefused
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            StreamRefused.prototype.toJSON = function() {
                return StreamRefused.toObject(this, $protobuf.util.toJSONOptions);
            };

            return StreamRefused;
        })();

        v1.StreamEnd = (function() {

            /**
             * Properties of a StreamEnd.
             * @typedef {Object} zfsync.v1.StreamEnd.$Properties
             * @property {Long} [bytes] StreamEnd bytes
             * @property {Uint8Array} [digest] StreamEnd digest
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StreamEnd.
             * @memberof zfsync.v1
             * @interface IStreamEnd
             * @augments zfsync.v1.StreamEnd.$Properties
             * @deprecated Use zfsync.v1.StreamEnd.$Properties instead.
             */

            /**
             * Shape of a StreamEnd.
             * @typedef {zfsync.v1.StreamEnd.$Properties} zfsync.v1.StreamEnd.$Shape
             */

            /**
             * Constructs a new StreamEnd.
             * @memberof zfsync.v1
             * @classdesc Represents a StreamEnd.
             * @constructor
             * @param {zfsync.v1.StreamEnd.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StreamEnd = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StreamEnd bytes.
             * @member {Long} bytes
             * @memberof zfsync.v1.StreamEnd
             * @instance
             */
            StreamEnd.prototype.bytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * StreamEnd digest.
             * @member {Uint8Array} digest
             * @memberof zfsync.v1.StreamEnd
             * @instance
             */
            StreamEnd.prototype.digest = $util.newBuffer([]);

            /**
             * Creates a new StreamEnd instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.StreamEnd
             * @static
             * @param {zfsync.v1.StreamEnd.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.StreamEnd} StreamEnd instance
             * @type {{
             *   (properties: zfsync.v1.StreamEnd.$Shape): zfsync.v1.StreamEnd & zfsync.v1.StreamEnd.$Shape;
             *   (properties?: zfsync.v1.StreamEnd.$Properties): zfsync.v1.StreamEnd;
             * }}
             */
            StreamEnd.create = function(properties) {
                return new StreamEnd(properties);
            };

            /**
             * Encodes the specified StreamEnd message. Does not implicitly {@link zfsync.v1.StreamEnd.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.StreamEnd
             * @static
             * @param {zfsync.v1.StreamEnd.$Properties} message StreamEnd message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StreamEnd.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && (typeof message.bytes === "object" ? message.bytes.low || message.bytes.high : message.bytes !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.bytes);
                if (message.digest != null && $Object.hasOwnProperty.call(message, "digest") && message.digest.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.digest);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StreamEnd message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.StreamEnd
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.StreamEnd & zfsync.v1.StreamEnd.$Shape} StreamEnd
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StreamEnd.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.StreamEnd();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.bytes = value;
                            else
                                delete message.bytes;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.digest = value;
                            else
                                delete message.digest;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a StreamEnd message.
             * @function verify
             * @memberof zfsync.v1.StreamEnd
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            StreamEnd.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes"))
                    if (!$util.isInteger(message.bytes) && !(message.bytes && $util.isInteger(message.bytes.low) && $util.isInteger(message.bytes.high)))
                        return "bytes: integer|Long expected";
                if (message.digest != null && $Object.hasOwnProperty.call(message, "digest"))
                    if (!(message.digest && typeof message.digest.length === "number" || $util.isString(message.digest)))
                        return "digest: buffer expected";
                return null;
            };

            /**
             * Creates a StreamEnd message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.StreamEnd
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.StreamEnd} StreamEnd
             */
            StreamEnd.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.StreamEnd)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.StreamEnd: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.StreamEnd();
                if (object.bytes != null)
                    if (typeof object.bytes === "object" ? object.bytes.low || object.bytes.high : $Number(object.bytes) !== 0)
                        if ($util.Long)
                            message.bytes = $util.Long.fromValue(object.bytes, true);
                        else if (typeof object.bytes === "string")
                            message.bytes = $parseInt(object.bytes, 10);
                        else if (typeof object.bytes === "number")
                            message.bytes = object.bytes;
                        else if (typeof object.bytes === "object")
                            message.bytes = new $util.LongBits(object.bytes.low >>> 0, object.bytes.high >>> 0).toNumber(true);
                if (object.digest != null)
                    if (object.digest.length)
                        if (typeof object.digest === "string")
                            $util.base64.decode(object.digest, message.digest = $util.newBuffer($util.base64.length(object.digest)), 0);
                        else if (object.digest.length >= 0)
                            message.digest = object.digest;
                return message;
            };

            /**
             * Creates a plain object from a StreamEnd message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.StreamEnd
             * @static
             * @param {zfsync.v1.StreamEnd} message StreamEnd
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            StreamEnd.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.bytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.bytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if (options.bytes === $String)
                        object.digest = "";
                    else {
                        object.digest = [];
                        if (options.bytes !== $Array)
                            object.digest = $util.newBuffer(object.digest);
                    }
                }
                if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.bytes = typeof message.bytes === "number" ? $BigInt(message.bytes) : $util.Long.fromBits(message.bytes.low >>> 0, message.bytes.high >>> 0, true).toBigInt();
                    else if (typeof message.bytes === "number")
                        object.bytes = options.longs === $String ? $String(message.bytes) : message.bytes;
                    else
                        object.bytes = options.longs === $String ? $util.Long.prototype.toString.call(message.bytes) : options.longs === $Number ? new $util.LongBits(message.bytes.low >>> 0, message.bytes.high >>> 0).toNumber(true) : message.bytes;
                if (message.digest != null && $Object.hasOwnProperty.call(message, "digest"))
                    object.digest = options.bytes === $String ? $util.base64.encode(message.digest, 0, message.digest.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.digest) : message.digest;
                return object;
            };

            /**
             * Converts this StreamEnd to JSON.
             * @function toJSON
             * @memberof zfsync.v1.StreamEnd
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            StreamEnd.prototype.toJSON = function() {
                return StreamEnd.toObject(this, $protobuf.util.toJSONOptions);
            };

            return StreamEnd;
        })();

        /**
         * StreamSide enum.
         * @name zfsync.v1.StreamSide
         * @enum {number}
         * @property {number} STREAM_SIDE_UNSPECIFIED=0 STREAM_SIDE_UNSPECIFIED value
         * @property {number} STREAM_SIDE_SOURCE=1 STREAM_SIDE_SOURCE value
         * @property {number} STREAM_SIDE_SINK=2 STREAM_SIDE_SINK value
         * @property {number} STREAM_SIDE_WIRE=3 STREAM_SIDE_WIRE value
         */
        v1.StreamSide = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "STREAM_SIDE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "STREAM_SIDE_SOURCE"] = 1;
            values[valuesById[2] = "STREAM_SIDE_SINK"] = 2;
            values[valuesById[3] = "STREAM_SIDE_WIRE"] = 3;
            return values;
        })();

        v1.StreamFailed = (function() {

            /**
             * Properties of a StreamFailed.
             * @typedef {Object} zfsync.v1.StreamFailed.$Properties
             * @property {zfsync.v1.StreamSide} [side] StreamFailed side
             * @property {zfsync.v1.Failure.$Properties} [failure] StreamFailed failure
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StreamFailed.
             * @memberof zfsync.v1
             * @interface IStreamFailed
             * @augments zfsync.v1.StreamFailed.$Properties
             * @deprecated Use zfsync.v1.StreamFailed.$Properties instead.
             */

            /**
             * Shape of a StreamFailed.
             * @typedef {zfsync.v1.StreamFailed.$Properties} zfsync.v1.StreamFailed.$Shape
             */

            /**
             * Constructs a new StreamFailed.
             * @memberof zfsync.v1
             * @classdesc Represents a StreamFailed.
             * @constructor
             * @param {zfsync.v1.StreamFailed.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StreamFailed = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StreamFailed side.
             * @member {zfsync.v1.StreamSide} side
             * @memberof zfsync.v1.StreamFailed
             * @instance
             */
            StreamFailed.prototype.side = 0;

            /**
             * StreamFailed failure.
             * @member {zfsync.v1.Failure} failure
             * @memberof zfsync.v1.StreamFailed
             * @instance
             */
            StreamFailed.prototype.failure = null;

            /**
             * Creates a new StreamFailed instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.StreamFailed
             * @static
             * @param {zfsync.v1.StreamFailed.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.StreamFailed} StreamFailed instance
             * @type {{
             *   (properties: zfsync.v1.StreamFailed.$Shape): zfsync.v1.StreamFailed & zfsync.v1.StreamFailed.$Shape;
             *   (properties?: zfsync.v1.StreamFailed.$Properties): zfsync.v1.StreamFailed;
             * }}
             */
            StreamFailed.create = function(properties) {
                return new StreamFailed(properties);
            };

            /**
             * Encodes the specified StreamFailed message. Does not implicitly {@link zfsync.v1.StreamFailed.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.StreamFailed
             * @static
             * @param {zfsync.v1.StreamFailed.$Properties} message StreamFailed message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StreamFailed.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.side != null && $Object.hasOwnProperty.call(message, "side") && message.side !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.side);
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    $root.zfsync.v1.Failure.encode(message.failure, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StreamFailed message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.StreamFailed
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.StreamFailed & zfsync.v1.StreamFailed.$Shape} StreamFailed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StreamFailed.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.StreamFailed();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.side = value;
                            else
                                delete message.side;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.failure = $root.zfsync.v1.Failure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a StreamFailed message.
             * @function verify
             * @memberof zfsync.v1.StreamFailed
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            StreamFailed.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.side != null && $Object.hasOwnProperty.call(message, "side"))
                    if (typeof message.side !== "number" || (message.side | 0) !== message.side)
                        return "side: enum value expected";
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure")) {
                    let error = $root.zfsync.v1.Failure.verify(message.failure, _depth + 1);
                    if (error)
                        return "failure." + error;
                }
                return null;
            };

            /**
             * Creates a StreamFailed message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.StreamFailed
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.StreamFailed} StreamFailed
             */
            StreamFailed.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.StreamFailed)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.StreamFailed: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.StreamFailed();
                if (object.side !== 0 && (typeof object.side !== "string" || $root.zfsync.v1.StreamSide[object.side] !== 0))
                    switch (object.side) {
                    case "STREAM_SIDE_UNSPECIFIED":
                    case 0:
                        message.side = 0;
                        break;
                    case "STREAM_SIDE_SOURCE":
                    case 1:
                        message.side = 1;
                        break;
                    case "STREAM_SIDE_SINK":
                    case 2:
                        message.side = 2;
                        break;
                    case "STREAM_SIDE_WIRE":
                    case 3:
                        message.side = 3;
                        break;
                    default:
                        if (typeof object.side === "number" && (object.side | 0) === object.side)
                            message.side = object.side;
                    }
                if (object.failure != null) {
                    if (!$util.isObject(object.failure))
                        throw $TypeError(".zfsync.v1.StreamFailed.failure: object expected");
                    message.failure = $root.zfsync.v1.Failure.fromObject(object.failure, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a StreamFailed message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.StreamFailed
             * @static
             * @param {zfsync.v1.StreamFailed} message StreamFailed
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            StreamFailed.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.side = options.enums === $String ? "STREAM_SIDE_UNSPECIFIED" : 0;
                    object.failure = null;
                }
                if (message.side != null && $Object.hasOwnProperty.call(message, "side"))
                    object.side = options.enums === $String ? $root.zfsync.v1.StreamSide[message.side] === $undefined ? message.side : $root.zfsync.v1.StreamSide[message.side] : message.side;
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    object.failure = $root.zfsync.v1.Failure.toObject(message.failure, options, _depth + 1);
                return object;
            };

            /**
             * Converts this StreamFailed to JSON.
             * @function toJSON
             * @memberof zfsync.v1.StreamFailed
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            StreamFailed.prototype.toJSON = function() {
                return StreamFailed.toObject(this, $protobuf.util.toJSONOptions);
            };

            return StreamFailed;
        })();

        v1.StreamResult = (function() {

            /**
             * Properties of a StreamResult.
             * @typedef {Object} zfsync.v1.StreamResult.$Properties
             * @property {Long} [bytes] StreamResult bytes
             * @property {zfsync.v1.Failure.$Properties|null} [failure] StreamResult failure
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StreamResult.
             * @memberof zfsync.v1
             * @interface IStreamResult
             * @augments zfsync.v1.StreamResult.$Properties
             * @deprecated Use zfsync.v1.StreamResult.$Properties instead.
             */

            /**
             * Shape of a StreamResult.
             * @typedef {zfsync.v1.StreamResult.$Properties} zfsync.v1.StreamResult.$Shape
             */

            /**
             * Constructs a new StreamResult.
             * @memberof zfsync.v1
             * @classdesc Represents a StreamResult.
             * @constructor
             * @param {zfsync.v1.StreamResult.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StreamResult = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StreamResult bytes.
             * @member {Long} bytes
             * @memberof zfsync.v1.StreamResult
             * @instance
             */
            StreamResult.prototype.bytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * StreamResult failure.
             * @member {zfsync.v1.Failure|null} failure
             * @memberof zfsync.v1.StreamResult
             * @instance
             */
            StreamResult.prototype.failure = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(StreamResult.prototype, "_failure", {
                get: $util.oneOfGetter($oneOfFields = ["failure"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new StreamResult instance using the specified properties.
             * @function create
             * @memberof zfsync.v1.StreamResult
             * @static
             * @param {zfsync.v1.StreamResult.$Properties=} [properties] Properties to set
             * @returns {zfsync.v1.StreamResult} StreamResult instance
             * @type {{
             *   (properties: zfsync.v1.StreamResult.$Shape): zfsync.v1.StreamResult & zfsync.v1.StreamResult.$Shape;
             *   (properties?: zfsync.v1.StreamResult.$Properties): zfsync.v1.StreamResult;
             * }}
             */
            StreamResult.create = function(properties) {
                return new StreamResult(properties);
            };

            /**
             * Encodes the specified StreamResult message. Does not implicitly {@link zfsync.v1.StreamResult.verify|verify} messages.
             * @function encode
             * @memberof zfsync.v1.StreamResult
             * @static
             * @param {zfsync.v1.StreamResult.$Properties} message StreamResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StreamResult.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && (typeof message.bytes === "object" ? message.bytes.low || message.bytes.high : message.bytes !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.bytes);
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    $root.zfsync.v1.Failure.encode(message.failure, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StreamResult message from the specified reader or buffer.
             * @function decode
             * @memberof zfsync.v1.StreamResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {zfsync.v1.StreamResult & zfsync.v1.StreamResult.$Shape} StreamResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StreamResult.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.zfsync.v1.StreamResult();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.bytes = value;
                            else
                                delete message.bytes;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.failure = $root.zfsync.v1.Failure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                            message._failure = "failure";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a StreamResult message.
             * @function verify
             * @memberof zfsync.v1.StreamResult
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            StreamResult.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                let properties = {};
                if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes"))
                    if (!$util.isInteger(message.bytes) && !(message.bytes && $util.isInteger(message.bytes.low) && $util.isInteger(message.bytes.high)))
                        return "bytes: integer|Long expected";
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure")) {
                    properties._failure = 1;
                    {
                        let error = $root.zfsync.v1.Failure.verify(message.failure, _depth + 1);
                        if (error)
                            return "failure." + error;
                    }
                }
                return null;
            };

            /**
             * Creates a StreamResult message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof zfsync.v1.StreamResult
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {zfsync.v1.StreamResult} StreamResult
             */
            StreamResult.fromObject = function (object, _depth) {
                if (object instanceof $root.zfsync.v1.StreamResult)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".zfsync.v1.StreamResult: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.zfsync.v1.StreamResult();
                if (object.bytes != null)
                    if (typeof object.bytes === "object" ? object.bytes.low || object.bytes.high : $Number(object.bytes) !== 0)
                        if ($util.Long)
                            message.bytes = $util.Long.fromValue(object.bytes, true);
                        else if (typeof object.bytes === "string")
                            message.bytes = $parseInt(object.bytes, 10);
                        else if (typeof object.bytes === "number")
                            message.bytes = object.bytes;
                        else if (typeof object.bytes === "object")
                            message.bytes = new $util.LongBits(object.bytes.low >>> 0, object.bytes.high >>> 0).toNumber(true);
                if (object.failure != null) {
                    if (!$util.isObject(object.failure))
                        throw $TypeError(".zfsync.v1.StreamResult.failure: object expected");
                    message.failure = $root.zfsync.v1.Failure.fromObject(object.failure, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a StreamResult message. Also converts values to other types if specified.
             * @function toObject
             * @memberof zfsync.v1.StreamResult
             * @static
             * @param {zfsync.v1.StreamResult} message StreamResult
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            StreamResult.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.bytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.bytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.bytes = typeof message.bytes === "number" ? $BigInt(message.bytes) : $util.Long.fromBits(message.bytes.low >>> 0, message.bytes.high >>> 0, true).toBigInt();
                    else if (typeof message.bytes === "number")
                        object.bytes = options.longs === $String ? $String(message.bytes) : message.bytes;
                    else
                        object.bytes = options.longs === $String ? $util.Long.prototype.toString.call(message.bytes) : options.longs === $Number ? new $util.LongBits(message.bytes.low >>> 0, message.bytes.high >>> 0).toNumber(true) : message.bytes;
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    object.failure = $root.zfsync.v1.Failure.toObject(message.failure, options, _depth + 1);
                return object;
            };

            /**
             * Converts this StreamResult to JSON.
             * @function toJSON
             * @memberof zfsync.v1.StreamResult
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            StreamResult.prototype.toJSON = function() {
                return StreamResult.toObject(this, $protobuf.util.toJSONOptions);
            };

            return StreamResult;
        })();

        return v1;
    })();

    return zfsync;
})();

export {
  $root as default
};
