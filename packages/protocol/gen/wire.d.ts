import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace zfsync. */
export namespace zfsync {

    /** Namespace v1. */
    namespace v1 {

        /**
         * Properties of a Control.
         * @deprecated Use zfsync.v1.Control.$Properties instead.
         */
        interface IControl extends zfsync.v1.Control.$Properties {
        }

        /** Represents a Control. */
        class Control {

            /**
             * Constructs a new Control.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.Control.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Control hello. */
            hello: (zfsync.v1.Hello|null);

            /** Control helloReply. */
            helloReply: (zfsync.v1.HelloReply|null);

            /** Control offer. */
            offer: (zfsync.v1.Offer|null);

            /** Control decisions. */
            decisions: (zfsync.v1.Decisions|null);

            /** Control beginStream. */
            beginStream: (zfsync.v1.BeginStream|null);

            /** Control streamReady. */
            streamReady: (zfsync.v1.StreamReady|null);

            /** Control streamRefused. */
            streamRefused: (zfsync.v1.StreamRefused|null);

            /** Control streamEnd. */
            streamEnd: (zfsync.v1.StreamEnd|null);

            /** Control streamFailed. */
            streamFailed: (zfsync.v1.StreamFailed|null);

            /** Control streamResult. */
            streamResult: (zfsync.v1.StreamResult|null);

            /** Control cleanBuffer. */
            cleanBuffer: (zfsync.v1.CleanBuffer|null);

            /** Control cleanBufferReport. */
            cleanBufferReport: (zfsync.v1.CleanBufferReport|null);

            /** Control heartbeat. */
            heartbeat: (zfsync.v1.Heartbeat|null);

            /** Control error. */
            error: (zfsync.v1.ErrorMessage|null);

            /** Control goodbye. */
            goodbye: (zfsync.v1.Goodbye|null);

            /** Control replan. */
            replan: (zfsync.v1.Replan|null);

            /** Control pair. */
            pair: (zfsync.v1.Pair|null);

            /** Control pairReply. */
            pairReply: (zfsync.v1.PairReply|null);

            /** Control tidy. */
            tidy: (zfsync.v1.Tidy|null);

            /** Control tidyReport. */
            tidyReport: (zfsync.v1.TidyReport|null);

            /** Control body. */
            body?: ("hello"|"helloReply"|"offer"|"decisions"|"beginStream"|"streamReady"|"streamRefused"|"streamEnd"|"streamFailed"|"streamResult"|"cleanBuffer"|"cleanBufferReport"|"heartbeat"|"error"|"goodbye"|"replan"|"pair"|"pairReply"|"tidy"|"tidyReport");

            /**
             * Creates a new Control instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Control instance
             */
            static create(properties: zfsync.v1.Control.$Shape): zfsync.v1.Control & zfsync.v1.Control.$Shape;
            static create(properties?: zfsync.v1.Control.$Properties): zfsync.v1.Control;

            /**
             * Encodes the specified Control message. Does not implicitly {@link zfsync.v1.Control.verify|verify} messages.
             * @param message Control message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.Control.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Control message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.Control & zfsync.v1.Control.$Shape} Control
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.Control & zfsync.v1.Control.$Shape;

            /**
             * Verifies a Control message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a Control message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Control
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.Control;

            /**
             * Creates a plain object from a Control message. Also converts values to other types if specified.
             * @param message Control
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.Control, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Control to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Control {

            /** Properties of a Control. */
            interface $Properties {

                /** Control hello */
                hello?: (zfsync.v1.Hello.$Properties|null);

                /** Control helloReply */
                helloReply?: (zfsync.v1.HelloReply.$Properties|null);

                /** Control offer */
                offer?: (zfsync.v1.Offer.$Properties|null);

                /** Control decisions */
                decisions?: (zfsync.v1.Decisions.$Properties|null);

                /** Control beginStream */
                beginStream?: (zfsync.v1.BeginStream.$Properties|null);

                /** Control streamReady */
                streamReady?: (zfsync.v1.StreamReady.$Properties|null);

                /** Control streamRefused */
                streamRefused?: (zfsync.v1.StreamRefused.$Properties|null);

                /** Control streamEnd */
                streamEnd?: (zfsync.v1.StreamEnd.$Properties|null);

                /** Control streamFailed */
                streamFailed?: (zfsync.v1.StreamFailed.$Properties|null);

                /** Control streamResult */
                streamResult?: (zfsync.v1.StreamResult.$Properties|null);

                /** Control cleanBuffer */
                cleanBuffer?: (zfsync.v1.CleanBuffer.$Properties|null);

                /** Control cleanBufferReport */
                cleanBufferReport?: (zfsync.v1.CleanBufferReport.$Properties|null);

                /** Control heartbeat */
                heartbeat?: (zfsync.v1.Heartbeat.$Properties|null);

                /** Control error */
                error?: (zfsync.v1.ErrorMessage.$Properties|null);

                /** Control goodbye */
                goodbye?: (zfsync.v1.Goodbye.$Properties|null);

                /** Control replan */
                replan?: (zfsync.v1.Replan.$Properties|null);

                /** Control pair */
                pair?: (zfsync.v1.Pair.$Properties|null);

                /** Control pairReply */
                pairReply?: (zfsync.v1.PairReply.$Properties|null);

                /** Control tidy */
                tidy?: (zfsync.v1.Tidy.$Properties|null);

                /** Control tidyReport */
                tidyReport?: (zfsync.v1.TidyReport.$Properties|null);

                /** Control body */
                body?: ("hello"|"helloReply"|"offer"|"decisions"|"beginStream"|"streamReady"|"streamRefused"|"streamEnd"|"streamFailed"|"streamResult"|"cleanBuffer"|"cleanBufferReport"|"heartbeat"|"error"|"goodbye"|"replan"|"pair"|"pairReply"|"tidy"|"tidyReport");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Control. */
            type $Shape = {
              hello?: zfsync.v1.Hello.$Shape|null;
              helloReply?: zfsync.v1.HelloReply.$Shape|null;
              offer?: zfsync.v1.Offer.$Shape|null;
              decisions?: zfsync.v1.Decisions.$Shape|null;
              beginStream?: zfsync.v1.BeginStream.$Shape|null;
              streamReady?: zfsync.v1.StreamReady.$Shape|null;
              streamRefused?: zfsync.v1.StreamRefused.$Shape|null;
              streamEnd?: zfsync.v1.StreamEnd.$Shape|null;
              streamFailed?: zfsync.v1.StreamFailed.$Shape|null;
              streamResult?: zfsync.v1.StreamResult.$Shape|null;
              cleanBuffer?: zfsync.v1.CleanBuffer.$Shape|null;
              cleanBufferReport?: zfsync.v1.CleanBufferReport.$Shape|null;
              heartbeat?: zfsync.v1.Heartbeat.$Shape|null;
              error?: zfsync.v1.ErrorMessage.$Shape|null;
              goodbye?: zfsync.v1.Goodbye.$Shape|null;
              replan?: zfsync.v1.Replan.$Shape|null;
              pair?: zfsync.v1.Pair.$Shape|null;
              pairReply?: zfsync.v1.PairReply.$Shape|null;
              tidy?: zfsync.v1.Tidy.$Shape|null;
              tidyReport?: zfsync.v1.TidyReport.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ body?: undefined; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "hello"; hello: zfsync.v1.Hello.$Shape; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "helloReply"; hello?: null; helloReply: zfsync.v1.HelloReply.$Shape; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "offer"; hello?: null; helloReply?: null; offer: zfsync.v1.Offer.$Shape; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "decisions"; hello?: null; helloReply?: null; offer?: null; decisions: zfsync.v1.Decisions.$Shape; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "beginStream"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream: zfsync.v1.BeginStream.$Shape; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "streamReady"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady: zfsync.v1.StreamReady.$Shape; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "streamRefused"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused: zfsync.v1.StreamRefused.$Shape; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "streamEnd"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd: zfsync.v1.StreamEnd.$Shape; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "streamFailed"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed: zfsync.v1.StreamFailed.$Shape; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "streamResult"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult: zfsync.v1.StreamResult.$Shape; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "cleanBuffer"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer: zfsync.v1.CleanBuffer.$Shape; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "cleanBufferReport"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport: zfsync.v1.CleanBufferReport.$Shape; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "heartbeat"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat: zfsync.v1.Heartbeat.$Shape; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "error"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error: zfsync.v1.ErrorMessage.$Shape; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "goodbye"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye: zfsync.v1.Goodbye.$Shape; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "replan"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan: zfsync.v1.Replan.$Shape; pair?: null; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "pair"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair: zfsync.v1.Pair.$Shape; pairReply?: null; tidy?: null; tidyReport?: null }|{ body?: "pairReply"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply: zfsync.v1.PairReply.$Shape; tidy?: null; tidyReport?: null }|{ body?: "tidy"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy: zfsync.v1.Tidy.$Shape; tidyReport?: null }|{ body?: "tidyReport"; hello?: null; helloReply?: null; offer?: null; decisions?: null; beginStream?: null; streamReady?: null; streamRefused?: null; streamEnd?: null; streamFailed?: null; streamResult?: null; cleanBuffer?: null; cleanBufferReport?: null; heartbeat?: null; error?: null; goodbye?: null; replan?: null; pair?: null; pairReply?: null; tidy?: null; tidyReport: zfsync.v1.TidyReport.$Shape })
            );
        }

        /**
         * Properties of a Heartbeat.
         * @deprecated Use zfsync.v1.Heartbeat.$Properties instead.
         */
        interface IHeartbeat extends zfsync.v1.Heartbeat.$Properties {
        }

        /** Represents a Heartbeat. */
        class Heartbeat {

            /**
             * Constructs a new Heartbeat.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.Heartbeat.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new Heartbeat instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Heartbeat instance
             */
            static create(properties: zfsync.v1.Heartbeat.$Shape): zfsync.v1.Heartbeat & zfsync.v1.Heartbeat.$Shape;
            static create(properties?: zfsync.v1.Heartbeat.$Properties): zfsync.v1.Heartbeat;

            /**
             * Encodes the specified Heartbeat message. Does not implicitly {@link zfsync.v1.Heartbeat.verify|verify} messages.
             * @param message Heartbeat message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.Heartbeat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Heartbeat message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.Heartbeat & zfsync.v1.Heartbeat.$Shape} Heartbeat
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.Heartbeat & zfsync.v1.Heartbeat.$Shape;

            /**
             * Verifies a Heartbeat message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a Heartbeat message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Heartbeat
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.Heartbeat;

            /**
             * Creates a plain object from a Heartbeat message. Also converts values to other types if specified.
             * @param message Heartbeat
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.Heartbeat, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Heartbeat to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Heartbeat {

            /** Properties of a Heartbeat. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Heartbeat. */
            type $Shape = zfsync.v1.Heartbeat.$Properties;
        }

        /**
         * Properties of a Goodbye.
         * @deprecated Use zfsync.v1.Goodbye.$Properties instead.
         */
        interface IGoodbye extends zfsync.v1.Goodbye.$Properties {
        }

        /** Represents a Goodbye. */
        class Goodbye {

            /**
             * Constructs a new Goodbye.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.Goodbye.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new Goodbye instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Goodbye instance
             */
            static create(properties: zfsync.v1.Goodbye.$Shape): zfsync.v1.Goodbye & zfsync.v1.Goodbye.$Shape;
            static create(properties?: zfsync.v1.Goodbye.$Properties): zfsync.v1.Goodbye;

            /**
             * Encodes the specified Goodbye message. Does not implicitly {@link zfsync.v1.Goodbye.verify|verify} messages.
             * @param message Goodbye message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.Goodbye.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Goodbye message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.Goodbye & zfsync.v1.Goodbye.$Shape} Goodbye
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.Goodbye & zfsync.v1.Goodbye.$Shape;

            /**
             * Verifies a Goodbye message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a Goodbye message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Goodbye
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.Goodbye;

            /**
             * Creates a plain object from a Goodbye message. Also converts values to other types if specified.
             * @param message Goodbye
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.Goodbye, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Goodbye to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Goodbye {

            /** Properties of a Goodbye. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Goodbye. */
            type $Shape = zfsync.v1.Goodbye.$Properties;
        }

        /** Retry enum. */
        enum Retry {

            /** RETRY_UNSPECIFIED value */
            RETRY_UNSPECIFIED = 0,

            /** RETRY_NEVER value */
            RETRY_NEVER = 1,

            /** RETRY_RECONNECT value */
            RETRY_RECONNECT = 2,

            /** RETRY_BACKOFF value */
            RETRY_BACKOFF = 3,

            /** RETRY_REPLAN value */
            RETRY_REPLAN = 4,

            /** RETRY_OPERATOR value */
            RETRY_OPERATOR = 5
        }

        /**
         * Properties of a Failure.
         * @deprecated Use zfsync.v1.Failure.$Properties instead.
         */
        interface IFailure extends zfsync.v1.Failure.$Properties {
        }

        /** Represents a Failure. */
        class Failure {

            /**
             * Constructs a new Failure.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.Failure.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Failure code. */
            code: string;

            /** Failure retry. */
            retry: zfsync.v1.Retry;

            /** Failure message. */
            message: string;

            /** Failure detail. */
            detail: string;

            /**
             * Creates a new Failure instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Failure instance
             */
            static create(properties: zfsync.v1.Failure.$Shape): zfsync.v1.Failure & zfsync.v1.Failure.$Shape;
            static create(properties?: zfsync.v1.Failure.$Properties): zfsync.v1.Failure;

            /**
             * Encodes the specified Failure message. Does not implicitly {@link zfsync.v1.Failure.verify|verify} messages.
             * @param message Failure message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.Failure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Failure message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.Failure & zfsync.v1.Failure.$Shape} Failure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.Failure & zfsync.v1.Failure.$Shape;

            /**
             * Verifies a Failure message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a Failure message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Failure
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.Failure;

            /**
             * Creates a plain object from a Failure message. Also converts values to other types if specified.
             * @param message Failure
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.Failure, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Failure to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Failure {

            /** Properties of a Failure. */
            interface $Properties {

                /** Failure code */
                code?: string;

                /** Failure retry */
                retry?: zfsync.v1.Retry;

                /** Failure message */
                message?: string;

                /** Failure detail */
                detail?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Failure. */
            type $Shape = zfsync.v1.Failure.$Properties;
        }

        /**
         * Properties of an ErrorMessage.
         * @deprecated Use zfsync.v1.ErrorMessage.$Properties instead.
         */
        interface IErrorMessage extends zfsync.v1.ErrorMessage.$Properties {
        }

        /** Represents an ErrorMessage. */
        class ErrorMessage {

            /**
             * Constructs a new ErrorMessage.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.ErrorMessage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ErrorMessage failure. */
            failure: zfsync.v1.Failure;

            /**
             * Creates a new ErrorMessage instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ErrorMessage instance
             */
            static create(properties: zfsync.v1.ErrorMessage.$Shape): zfsync.v1.ErrorMessage & zfsync.v1.ErrorMessage.$Shape;
            static create(properties?: zfsync.v1.ErrorMessage.$Properties): zfsync.v1.ErrorMessage;

            /**
             * Encodes the specified ErrorMessage message. Does not implicitly {@link zfsync.v1.ErrorMessage.verify|verify} messages.
             * @param message ErrorMessage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.ErrorMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ErrorMessage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.ErrorMessage & zfsync.v1.ErrorMessage.$Shape} ErrorMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.ErrorMessage & zfsync.v1.ErrorMessage.$Shape;

            /**
             * Verifies an ErrorMessage message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates an ErrorMessage message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns ErrorMessage
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.ErrorMessage;

            /**
             * Creates a plain object from an ErrorMessage message. Also converts values to other types if specified.
             * @param message ErrorMessage
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.ErrorMessage, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this ErrorMessage to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace ErrorMessage {

            /** Properties of an ErrorMessage. */
            interface $Properties {

                /** ErrorMessage failure */
                failure?: zfsync.v1.Failure.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ErrorMessage. */
            type $Shape = zfsync.v1.ErrorMessage.$Properties;
        }

        /**
         * Properties of a Hello.
         * @deprecated Use zfsync.v1.Hello.$Properties instead.
         */
        interface IHello extends zfsync.v1.Hello.$Properties {
        }

        /** Represents a Hello. */
        class Hello {

            /**
             * Constructs a new Hello.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.Hello.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Hello protocolMin. */
            protocolMin: number;

            /** Hello protocolMax. */
            protocolMax: number;

            /** Hello features. */
            features: string[];

            /** Hello sessionId. */
            sessionId: Uint8Array;

            /** Hello runId. */
            runId: string;

            /** Hello agent. */
            agent: string;

            /** Hello sourceRoot. */
            sourceRoot: string;

            /** Hello asPath. */
            asPath: string;

            /**
             * Creates a new Hello instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Hello instance
             */
            static create(properties: zfsync.v1.Hello.$Shape): zfsync.v1.Hello & zfsync.v1.Hello.$Shape;
            static create(properties?: zfsync.v1.Hello.$Properties): zfsync.v1.Hello;

            /**
             * Encodes the specified Hello message. Does not implicitly {@link zfsync.v1.Hello.verify|verify} messages.
             * @param message Hello message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.Hello & zfsync.v1.Hello.$Shape} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.Hello & zfsync.v1.Hello.$Shape;

            /**
             * Verifies a Hello message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a Hello message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Hello
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.Hello;

            /**
             * Creates a plain object from a Hello message. Also converts values to other types if specified.
             * @param message Hello
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.Hello, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Hello to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Hello {

            /** Properties of a Hello. */
            interface $Properties {

                /** Hello protocolMin */
                protocolMin?: number;

                /** Hello protocolMax */
                protocolMax?: number;

                /** Hello features */
                features?: string[];

                /** Hello sessionId */
                sessionId?: Uint8Array;

                /** Hello runId */
                runId?: string;

                /** Hello agent */
                agent?: string;

                /** Hello sourceRoot */
                sourceRoot?: string;

                /** Hello asPath */
                asPath?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Hello. */
            type $Shape = zfsync.v1.Hello.$Properties;
        }

        /**
         * Properties of a HelloReply.
         * @deprecated Use zfsync.v1.HelloReply.$Properties instead.
         */
        interface IHelloReply extends zfsync.v1.HelloReply.$Properties {
        }

        /** Represents a HelloReply. */
        class HelloReply {

            /**
             * Constructs a new HelloReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.HelloReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HelloReply protocolVersion. */
            protocolVersion: number;

            /** HelloReply features. */
            features: string[];

            /** HelloReply agent. */
            agent: string;

            /** HelloReply target. */
            target: string;

            /** HelloReply streamsMax. */
            streamsMax: number;

            /**
             * Creates a new HelloReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns HelloReply instance
             */
            static create(properties: zfsync.v1.HelloReply.$Shape): zfsync.v1.HelloReply & zfsync.v1.HelloReply.$Shape;
            static create(properties?: zfsync.v1.HelloReply.$Properties): zfsync.v1.HelloReply;

            /**
             * Encodes the specified HelloReply message. Does not implicitly {@link zfsync.v1.HelloReply.verify|verify} messages.
             * @param message HelloReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.HelloReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HelloReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.HelloReply & zfsync.v1.HelloReply.$Shape} HelloReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.HelloReply & zfsync.v1.HelloReply.$Shape;

            /**
             * Verifies a HelloReply message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a HelloReply message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns HelloReply
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.HelloReply;

            /**
             * Creates a plain object from a HelloReply message. Also converts values to other types if specified.
             * @param message HelloReply
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.HelloReply, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this HelloReply to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace HelloReply {

            /** Properties of a HelloReply. */
            interface $Properties {

                /** HelloReply protocolVersion */
                protocolVersion?: number;

                /** HelloReply features */
                features?: string[];

                /** HelloReply agent */
                agent?: string;

                /** HelloReply target */
                target?: string;

                /** HelloReply streamsMax */
                streamsMax?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HelloReply. */
            type $Shape = zfsync.v1.HelloReply.$Properties;
        }

        /**
         * Properties of a Pair.
         * @deprecated Use zfsync.v1.Pair.$Properties instead.
         */
        interface IPair extends zfsync.v1.Pair.$Properties {
        }

        /** Represents a Pair. */
        class Pair {

            /**
             * Constructs a new Pair.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.Pair.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Pair protocolMin. */
            protocolMin: number;

            /** Pair protocolMax. */
            protocolMax: number;

            /** Pair agent. */
            agent: string;

            /** Pair pairingId. */
            pairingId: Uint8Array;

            /** Pair proof. */
            proof: Uint8Array;

            /**
             * Creates a new Pair instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Pair instance
             */
            static create(properties: zfsync.v1.Pair.$Shape): zfsync.v1.Pair & zfsync.v1.Pair.$Shape;
            static create(properties?: zfsync.v1.Pair.$Properties): zfsync.v1.Pair;

            /**
             * Encodes the specified Pair message. Does not implicitly {@link zfsync.v1.Pair.verify|verify} messages.
             * @param message Pair message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.Pair.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Pair message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.Pair & zfsync.v1.Pair.$Shape} Pair
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.Pair & zfsync.v1.Pair.$Shape;

            /**
             * Verifies a Pair message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a Pair message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Pair
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.Pair;

            /**
             * Creates a plain object from a Pair message. Also converts values to other types if specified.
             * @param message Pair
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.Pair, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Pair to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Pair {

            /** Properties of a Pair. */
            interface $Properties {

                /** Pair protocolMin */
                protocolMin?: number;

                /** Pair protocolMax */
                protocolMax?: number;

                /** Pair agent */
                agent?: string;

                /** Pair pairingId */
                pairingId?: Uint8Array;

                /** Pair proof */
                proof?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Pair. */
            type $Shape = zfsync.v1.Pair.$Properties;
        }

        /**
         * Properties of a PairReply.
         * @deprecated Use zfsync.v1.PairReply.$Properties instead.
         */
        interface IPairReply extends zfsync.v1.PairReply.$Properties {
        }

        /** Represents a PairReply. */
        class PairReply {

            /**
             * Constructs a new PairReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.PairReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PairReply protocolVersion. */
            protocolVersion: number;

            /** PairReply agent. */
            agent: string;

            /** PairReply name. */
            name: string;

            /** PairReply target. */
            target: string;

            /**
             * Creates a new PairReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PairReply instance
             */
            static create(properties: zfsync.v1.PairReply.$Shape): zfsync.v1.PairReply & zfsync.v1.PairReply.$Shape;
            static create(properties?: zfsync.v1.PairReply.$Properties): zfsync.v1.PairReply;

            /**
             * Encodes the specified PairReply message. Does not implicitly {@link zfsync.v1.PairReply.verify|verify} messages.
             * @param message PairReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.PairReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PairReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.PairReply & zfsync.v1.PairReply.$Shape} PairReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.PairReply & zfsync.v1.PairReply.$Shape;

            /**
             * Verifies a PairReply message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a PairReply message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns PairReply
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.PairReply;

            /**
             * Creates a plain object from a PairReply message. Also converts values to other types if specified.
             * @param message PairReply
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.PairReply, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this PairReply to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace PairReply {

            /** Properties of a PairReply. */
            interface $Properties {

                /** PairReply protocolVersion */
                protocolVersion?: number;

                /** PairReply agent */
                agent?: string;

                /** PairReply name */
                name?: string;

                /** PairReply target */
                target?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PairReply. */
            type $Shape = zfsync.v1.PairReply.$Properties;
        }

        /** DatasetType enum. */
        enum DatasetType {

            /** DATASET_TYPE_UNSPECIFIED value */
            DATASET_TYPE_UNSPECIFIED = 0,

            /** DATASET_TYPE_FILESYSTEM value */
            DATASET_TYPE_FILESYSTEM = 1,

            /** DATASET_TYPE_VOLUME value */
            DATASET_TYPE_VOLUME = 2
        }

        /** VersionKind enum. */
        enum VersionKind {

            /** VERSION_KIND_UNSPECIFIED value */
            VERSION_KIND_UNSPECIFIED = 0,

            /** VERSION_KIND_SNAPSHOT value */
            VERSION_KIND_SNAPSHOT = 1,

            /** VERSION_KIND_BOOKMARK value */
            VERSION_KIND_BOOKMARK = 2
        }

        /**
         * Properties of a Version.
         * @deprecated Use zfsync.v1.Version.$Properties instead.
         */
        interface IVersion extends zfsync.v1.Version.$Properties {
        }

        /** Represents a Version. */
        class Version {

            /**
             * Constructs a new Version.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.Version.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Version kind. */
            kind: zfsync.v1.VersionKind;

            /** Version name. */
            name: string;

            /** Version guid. */
            guid: Long;

            /** Version createtxg. */
            createtxg: Long;

            /** Version creation. */
            creation: Long;

            /**
             * Creates a new Version instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Version instance
             */
            static create(properties: zfsync.v1.Version.$Shape): zfsync.v1.Version & zfsync.v1.Version.$Shape;
            static create(properties?: zfsync.v1.Version.$Properties): zfsync.v1.Version;

            /**
             * Encodes the specified Version message. Does not implicitly {@link zfsync.v1.Version.verify|verify} messages.
             * @param message Version message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.Version.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Version message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.Version & zfsync.v1.Version.$Shape} Version
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.Version & zfsync.v1.Version.$Shape;

            /**
             * Verifies a Version message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a Version message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Version
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.Version;

            /**
             * Creates a plain object from a Version message. Also converts values to other types if specified.
             * @param message Version
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.Version, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Version to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Version {

            /** Properties of a Version. */
            interface $Properties {

                /** Version kind */
                kind?: zfsync.v1.VersionKind;

                /** Version name */
                name?: string;

                /** Version guid */
                guid?: Long;

                /** Version createtxg */
                createtxg?: Long;

                /** Version creation */
                creation?: Long;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Version. */
            type $Shape = zfsync.v1.Version.$Properties;
        }

        /**
         * Properties of a StreamFlags.
         * @deprecated Use zfsync.v1.StreamFlags.$Properties instead.
         */
        interface IStreamFlags extends zfsync.v1.StreamFlags.$Properties {
        }

        /** Represents a StreamFlags. */
        class StreamFlags {

            /**
             * Constructs a new StreamFlags.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.StreamFlags.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StreamFlags raw. */
            raw: boolean;

            /** StreamFlags largeBlocks. */
            largeBlocks: boolean;

            /** StreamFlags compressed. */
            compressed: boolean;

            /** StreamFlags embedded. */
            embedded: boolean;

            /**
             * Creates a new StreamFlags instance using the specified properties.
             * @param [properties] Properties to set
             * @returns StreamFlags instance
             */
            static create(properties: zfsync.v1.StreamFlags.$Shape): zfsync.v1.StreamFlags & zfsync.v1.StreamFlags.$Shape;
            static create(properties?: zfsync.v1.StreamFlags.$Properties): zfsync.v1.StreamFlags;

            /**
             * Encodes the specified StreamFlags message. Does not implicitly {@link zfsync.v1.StreamFlags.verify|verify} messages.
             * @param message StreamFlags message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.StreamFlags.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StreamFlags message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.StreamFlags & zfsync.v1.StreamFlags.$Shape} StreamFlags
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.StreamFlags & zfsync.v1.StreamFlags.$Shape;

            /**
             * Verifies a StreamFlags message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a StreamFlags message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns StreamFlags
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.StreamFlags;

            /**
             * Creates a plain object from a StreamFlags message. Also converts values to other types if specified.
             * @param message StreamFlags
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.StreamFlags, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this StreamFlags to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace StreamFlags {

            /** Properties of a StreamFlags. */
            interface $Properties {

                /** StreamFlags raw */
                raw?: boolean;

                /** StreamFlags largeBlocks */
                largeBlocks?: boolean;

                /** StreamFlags compressed */
                compressed?: boolean;

                /** StreamFlags embedded */
                embedded?: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StreamFlags. */
            type $Shape = zfsync.v1.StreamFlags.$Properties;
        }

        /**
         * Properties of an OfferedProperty.
         * @deprecated Use zfsync.v1.OfferedProperty.$Properties instead.
         */
        interface IOfferedProperty extends zfsync.v1.OfferedProperty.$Properties {
        }

        /** Represents an OfferedProperty. */
        class OfferedProperty {

            /**
             * Constructs a new OfferedProperty.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.OfferedProperty.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OfferedProperty name. */
            name: string;

            /** OfferedProperty value. */
            value: string;

            /**
             * Creates a new OfferedProperty instance using the specified properties.
             * @param [properties] Properties to set
             * @returns OfferedProperty instance
             */
            static create(properties: zfsync.v1.OfferedProperty.$Shape): zfsync.v1.OfferedProperty & zfsync.v1.OfferedProperty.$Shape;
            static create(properties?: zfsync.v1.OfferedProperty.$Properties): zfsync.v1.OfferedProperty;

            /**
             * Encodes the specified OfferedProperty message. Does not implicitly {@link zfsync.v1.OfferedProperty.verify|verify} messages.
             * @param message OfferedProperty message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.OfferedProperty.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OfferedProperty message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.OfferedProperty & zfsync.v1.OfferedProperty.$Shape} OfferedProperty
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.OfferedProperty & zfsync.v1.OfferedProperty.$Shape;

            /**
             * Verifies an OfferedProperty message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates an OfferedProperty message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns OfferedProperty
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.OfferedProperty;

            /**
             * Creates a plain object from an OfferedProperty message. Also converts values to other types if specified.
             * @param message OfferedProperty
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.OfferedProperty, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this OfferedProperty to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace OfferedProperty {

            /** Properties of an OfferedProperty. */
            interface $Properties {

                /** OfferedProperty name */
                name?: string;

                /** OfferedProperty value */
                value?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OfferedProperty. */
            type $Shape = zfsync.v1.OfferedProperty.$Properties;
        }

        /**
         * Properties of an Origin.
         * @deprecated Use zfsync.v1.Origin.$Properties instead.
         */
        interface IOrigin extends zfsync.v1.Origin.$Properties {
        }

        /** Represents an Origin. */
        class Origin {

            /**
             * Constructs a new Origin.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.Origin.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Origin path. */
            path: string;

            /** Origin guid. */
            guid: Long;

            /**
             * Creates a new Origin instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Origin instance
             */
            static create(properties: zfsync.v1.Origin.$Shape): zfsync.v1.Origin & zfsync.v1.Origin.$Shape;
            static create(properties?: zfsync.v1.Origin.$Properties): zfsync.v1.Origin;

            /**
             * Encodes the specified Origin message. Does not implicitly {@link zfsync.v1.Origin.verify|verify} messages.
             * @param message Origin message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.Origin.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Origin message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.Origin & zfsync.v1.Origin.$Shape} Origin
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.Origin & zfsync.v1.Origin.$Shape;

            /**
             * Verifies an Origin message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates an Origin message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Origin
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.Origin;

            /**
             * Creates a plain object from an Origin message. Also converts values to other types if specified.
             * @param message Origin
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.Origin, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Origin to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Origin {

            /** Properties of an Origin. */
            interface $Properties {

                /** Origin path */
                path?: string;

                /** Origin guid */
                guid?: Long;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Origin. */
            type $Shape = zfsync.v1.Origin.$Properties;
        }

        /**
         * Properties of an OfferedDataset.
         * @deprecated Use zfsync.v1.OfferedDataset.$Properties instead.
         */
        interface IOfferedDataset extends zfsync.v1.OfferedDataset.$Properties {
        }

        /** Represents an OfferedDataset. */
        class OfferedDataset {

            /**
             * Constructs a new OfferedDataset.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.OfferedDataset.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OfferedDataset path. */
            path: string;

            /** OfferedDataset datasetType. */
            datasetType: zfsync.v1.DatasetType;

            /** OfferedDataset guid. */
            guid: Long;

            /** OfferedDataset encrypted. */
            encrypted: boolean;

            /** OfferedDataset raw. */
            raw: boolean;

            /** OfferedDataset versions. */
            versions: zfsync.v1.Version[];

            /** OfferedDataset continued. */
            continued: boolean;

            /** OfferedDataset largeBlocks. */
            largeBlocks: boolean;

            /** OfferedDataset compressed. */
            compressed: boolean;

            /** OfferedDataset embedded. */
            embedded: boolean;

            /** OfferedDataset properties. */
            properties: zfsync.v1.OfferedProperty[];

            /** OfferedDataset origin. */
            origin: (zfsync.v1.Origin|null);

            /**
             * Creates a new OfferedDataset instance using the specified properties.
             * @param [properties] Properties to set
             * @returns OfferedDataset instance
             */
            static create(properties: zfsync.v1.OfferedDataset.$Shape): zfsync.v1.OfferedDataset & zfsync.v1.OfferedDataset.$Shape;
            static create(properties?: zfsync.v1.OfferedDataset.$Properties): zfsync.v1.OfferedDataset;

            /**
             * Encodes the specified OfferedDataset message. Does not implicitly {@link zfsync.v1.OfferedDataset.verify|verify} messages.
             * @param message OfferedDataset message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.OfferedDataset.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OfferedDataset message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.OfferedDataset & zfsync.v1.OfferedDataset.$Shape} OfferedDataset
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.OfferedDataset & zfsync.v1.OfferedDataset.$Shape;

            /**
             * Verifies an OfferedDataset message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates an OfferedDataset message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns OfferedDataset
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.OfferedDataset;

            /**
             * Creates a plain object from an OfferedDataset message. Also converts values to other types if specified.
             * @param message OfferedDataset
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.OfferedDataset, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this OfferedDataset to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace OfferedDataset {

            /** Properties of an OfferedDataset. */
            interface $Properties {

                /** OfferedDataset path */
                path?: string;

                /** OfferedDataset datasetType */
                datasetType?: zfsync.v1.DatasetType;

                /** OfferedDataset guid */
                guid?: Long;

                /** OfferedDataset encrypted */
                encrypted?: boolean;

                /** OfferedDataset raw */
                raw?: boolean;

                /** OfferedDataset versions */
                versions?: zfsync.v1.Version.$Properties[];

                /** OfferedDataset continued */
                continued?: boolean;

                /** OfferedDataset largeBlocks */
                largeBlocks?: boolean;

                /** OfferedDataset compressed */
                compressed?: boolean;

                /** OfferedDataset embedded */
                embedded?: boolean;

                /** OfferedDataset properties */
                properties?: zfsync.v1.OfferedProperty.$Properties[];

                /** OfferedDataset origin */
                origin?: (zfsync.v1.Origin.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OfferedDataset. */
            type $Shape = zfsync.v1.OfferedDataset.$Properties;
        }

        /** RenameMode enum. */
        enum RenameMode {

            /** RENAME_MODE_IGNORE value */
            RENAME_MODE_IGNORE = 0,

            /** RENAME_MODE_ASK value */
            RENAME_MODE_ASK = 1,

            /** RENAME_MODE_PLAN value */
            RENAME_MODE_PLAN = 2,

            /** RENAME_MODE_FOLLOW value */
            RENAME_MODE_FOLLOW = 3
        }

        /**
         * Properties of an Offer.
         * @deprecated Use zfsync.v1.Offer.$Properties instead.
         */
        interface IOffer extends zfsync.v1.Offer.$Properties {
        }

        /** Represents an Offer. */
        class Offer {

            /**
             * Constructs a new Offer.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.Offer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Offer page. */
            page: number;

            /** Offer last. */
            last: boolean;

            /** Offer datasets. */
            datasets: zfsync.v1.OfferedDataset[];

            /** Offer leftOut. */
            leftOut: string[];

            /** Offer renames. */
            renames: zfsync.v1.RenameMode;

            /**
             * Creates a new Offer instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Offer instance
             */
            static create(properties: zfsync.v1.Offer.$Shape): zfsync.v1.Offer & zfsync.v1.Offer.$Shape;
            static create(properties?: zfsync.v1.Offer.$Properties): zfsync.v1.Offer;

            /**
             * Encodes the specified Offer message. Does not implicitly {@link zfsync.v1.Offer.verify|verify} messages.
             * @param message Offer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.Offer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Offer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.Offer & zfsync.v1.Offer.$Shape} Offer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.Offer & zfsync.v1.Offer.$Shape;

            /**
             * Verifies an Offer message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates an Offer message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Offer
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.Offer;

            /**
             * Creates a plain object from an Offer message. Also converts values to other types if specified.
             * @param message Offer
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.Offer, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Offer to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Offer {

            /** Properties of an Offer. */
            interface $Properties {

                /** Offer page */
                page?: number;

                /** Offer last */
                last?: boolean;

                /** Offer datasets */
                datasets?: zfsync.v1.OfferedDataset.$Properties[];

                /** Offer leftOut */
                leftOut?: string[];

                /** Offer renames */
                renames?: zfsync.v1.RenameMode;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Offer. */
            type $Shape = zfsync.v1.Offer.$Properties;
        }

        /** ConflictKind enum. */
        enum ConflictKind {

            /** CONFLICT_KIND_UNSPECIFIED value */
            CONFLICT_KIND_UNSPECIFIED = 0,

            /** CONFLICT_KIND_NO_COMMON_VERSION value */
            CONFLICT_KIND_NO_COMMON_VERSION = 1,

            /** CONFLICT_KIND_TARGET_DIVERGED value */
            CONFLICT_KIND_TARGET_DIVERGED = 2,

            /** CONFLICT_KIND_TARGET_HAS_DATA value */
            CONFLICT_KIND_TARGET_HAS_DATA = 3,

            /** CONFLICT_KIND_TYPE_MISMATCH value */
            CONFLICT_KIND_TYPE_MISMATCH = 4,

            /** CONFLICT_KIND_PARKED_AND_IN_PLACE value */
            CONFLICT_KIND_PARKED_AND_IN_PLACE = 6,

            /** CONFLICT_KIND_TARGET_NOT_REPLACEABLE value */
            CONFLICT_KIND_TARGET_NOT_REPLACEABLE = 7,

            /** CONFLICT_KIND_SNAPSHOT_NAME_TAKEN value */
            CONFLICT_KIND_SNAPSHOT_NAME_TAKEN = 8,

            /** CONFLICT_KIND_TARGET_MODIFIED value */
            CONFLICT_KIND_TARGET_MODIFIED = 9,

            /** CONFLICT_KIND_ENCRYPTION_MISMATCH value */
            CONFLICT_KIND_ENCRYPTION_MISMATCH = 10,

            /** CONFLICT_KIND_KEY_CHANGED value */
            CONFLICT_KIND_KEY_CHANGED = 11,

            /** CONFLICT_KIND_RENAMED value */
            CONFLICT_KIND_RENAMED = 12
        }

        /**
         * Properties of an UpToDate.
         * @deprecated Use zfsync.v1.UpToDate.$Properties instead.
         */
        interface IUpToDate extends zfsync.v1.UpToDate.$Properties {
        }

        /** Represents an UpToDate. */
        class UpToDate {

            /**
             * Constructs a new UpToDate.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.UpToDate.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** UpToDate newest. */
            newest: Long;

            /**
             * Creates a new UpToDate instance using the specified properties.
             * @param [properties] Properties to set
             * @returns UpToDate instance
             */
            static create(properties: zfsync.v1.UpToDate.$Shape): zfsync.v1.UpToDate & zfsync.v1.UpToDate.$Shape;
            static create(properties?: zfsync.v1.UpToDate.$Properties): zfsync.v1.UpToDate;

            /**
             * Encodes the specified UpToDate message. Does not implicitly {@link zfsync.v1.UpToDate.verify|verify} messages.
             * @param message UpToDate message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.UpToDate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an UpToDate message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.UpToDate & zfsync.v1.UpToDate.$Shape} UpToDate
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.UpToDate & zfsync.v1.UpToDate.$Shape;

            /**
             * Verifies an UpToDate message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates an UpToDate message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns UpToDate
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.UpToDate;

            /**
             * Creates a plain object from an UpToDate message. Also converts values to other types if specified.
             * @param message UpToDate
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.UpToDate, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this UpToDate to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace UpToDate {

            /** Properties of an UpToDate. */
            interface $Properties {

                /** UpToDate newest */
                newest?: Long;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an UpToDate. */
            type $Shape = zfsync.v1.UpToDate.$Properties;
        }

        /**
         * Properties of a Full.
         * @deprecated Use zfsync.v1.Full.$Properties instead.
         */
        interface IFull extends zfsync.v1.Full.$Properties {
        }

        /** Represents a Full. */
        class Full {

            /**
             * Constructs a new Full.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.Full.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Full oldest. */
            oldest: Long;

            /** Full newest. */
            newest: Long;

            /** Full adopt. */
            adopt: boolean;

            /** Full aside. */
            aside: (string|null);

            /**
             * Creates a new Full instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Full instance
             */
            static create(properties: zfsync.v1.Full.$Shape): zfsync.v1.Full & zfsync.v1.Full.$Shape;
            static create(properties?: zfsync.v1.Full.$Properties): zfsync.v1.Full;

            /**
             * Encodes the specified Full message. Does not implicitly {@link zfsync.v1.Full.verify|verify} messages.
             * @param message Full message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.Full.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Full message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.Full & zfsync.v1.Full.$Shape} Full
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.Full & zfsync.v1.Full.$Shape;

            /**
             * Verifies a Full message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a Full message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Full
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.Full;

            /**
             * Creates a plain object from a Full message. Also converts values to other types if specified.
             * @param message Full
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.Full, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Full to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Full {

            /** Properties of a Full. */
            interface $Properties {

                /** Full oldest */
                oldest?: Long;

                /** Full newest */
                newest?: Long;

                /** Full adopt */
                adopt?: boolean;

                /** Full aside */
                aside?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Full. */
            type $Shape = zfsync.v1.Full.$Properties;
        }

        /**
         * Properties of an Incremental.
         * @deprecated Use zfsync.v1.Incremental.$Properties instead.
         */
        interface IIncremental extends zfsync.v1.Incremental.$Properties {
        }

        /** Represents an Incremental. */
        class Incremental {

            /**
             * Constructs a new Incremental.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.Incremental.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Incremental from. */
            from: Long;

            /** Incremental to. */
            to: Long;

            /** Incremental rollback. */
            rollback: boolean;

            /** Incremental targetWritten. */
            targetWritten: Long;

            /**
             * Creates a new Incremental instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Incremental instance
             */
            static create(properties: zfsync.v1.Incremental.$Shape): zfsync.v1.Incremental & zfsync.v1.Incremental.$Shape;
            static create(properties?: zfsync.v1.Incremental.$Properties): zfsync.v1.Incremental;

            /**
             * Encodes the specified Incremental message. Does not implicitly {@link zfsync.v1.Incremental.verify|verify} messages.
             * @param message Incremental message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.Incremental.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Incremental message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.Incremental & zfsync.v1.Incremental.$Shape} Incremental
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.Incremental & zfsync.v1.Incremental.$Shape;

            /**
             * Verifies an Incremental message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates an Incremental message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Incremental
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.Incremental;

            /**
             * Creates a plain object from an Incremental message. Also converts values to other types if specified.
             * @param message Incremental
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.Incremental, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Incremental to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Incremental {

            /** Properties of an Incremental. */
            interface $Properties {

                /** Incremental from */
                from?: Long;

                /** Incremental to */
                to?: Long;

                /** Incremental rollback */
                rollback?: boolean;

                /** Incremental targetWritten */
                targetWritten?: Long;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Incremental. */
            type $Shape = zfsync.v1.Incremental.$Properties;
        }

        /**
         * Properties of a Clone.
         * @deprecated Use zfsync.v1.Clone.$Properties instead.
         */
        interface IClone extends zfsync.v1.Clone.$Properties {
        }

        /** Represents a Clone. */
        class Clone {

            /**
             * Constructs a new Clone.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.Clone.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Clone from. */
            from: Long;

            /** Clone to. */
            to: Long;

            /**
             * Creates a new Clone instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Clone instance
             */
            static create(properties: zfsync.v1.Clone.$Shape): zfsync.v1.Clone & zfsync.v1.Clone.$Shape;
            static create(properties?: zfsync.v1.Clone.$Properties): zfsync.v1.Clone;

            /**
             * Encodes the specified Clone message. Does not implicitly {@link zfsync.v1.Clone.verify|verify} messages.
             * @param message Clone message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.Clone.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Clone message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.Clone & zfsync.v1.Clone.$Shape} Clone
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.Clone & zfsync.v1.Clone.$Shape;

            /**
             * Verifies a Clone message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a Clone message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Clone
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.Clone;

            /**
             * Creates a plain object from a Clone message. Also converts values to other types if specified.
             * @param message Clone
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.Clone, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Clone to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Clone {

            /** Properties of a Clone. */
            interface $Properties {

                /** Clone from */
                from?: Long;

                /** Clone to */
                to?: Long;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Clone. */
            type $Shape = zfsync.v1.Clone.$Properties;
        }

        /**
         * Properties of a Resume.
         * @deprecated Use zfsync.v1.Resume.$Properties instead.
         */
        interface IResume extends zfsync.v1.Resume.$Properties {
        }

        /** Represents a Resume. */
        class Resume {

            /**
             * Constructs a new Resume.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.Resume.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Resume token. */
            token: string;

            /** Resume newest. */
            newest: (Long|null);

            /** Resume rollback. */
            rollback: boolean;

            /**
             * Creates a new Resume instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Resume instance
             */
            static create(properties: zfsync.v1.Resume.$Shape): zfsync.v1.Resume & zfsync.v1.Resume.$Shape;
            static create(properties?: zfsync.v1.Resume.$Properties): zfsync.v1.Resume;

            /**
             * Encodes the specified Resume message. Does not implicitly {@link zfsync.v1.Resume.verify|verify} messages.
             * @param message Resume message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.Resume.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Resume message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.Resume & zfsync.v1.Resume.$Shape} Resume
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.Resume & zfsync.v1.Resume.$Shape;

            /**
             * Verifies a Resume message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a Resume message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Resume
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.Resume;

            /**
             * Creates a plain object from a Resume message. Also converts values to other types if specified.
             * @param message Resume
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.Resume, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Resume to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Resume {

            /** Properties of a Resume. */
            interface $Properties {

                /** Resume token */
                token?: string;

                /** Resume newest */
                newest?: (Long|null);

                /** Resume rollback */
                rollback?: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Resume. */
            type $Shape = zfsync.v1.Resume.$Properties;
        }

        /**
         * Properties of a Conflict.
         * @deprecated Use zfsync.v1.Conflict.$Properties instead.
         */
        interface IConflict extends zfsync.v1.Conflict.$Properties {
        }

        /** Represents a Conflict. */
        class Conflict {

            /**
             * Constructs a new Conflict.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.Conflict.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Conflict conflict. */
            conflict: zfsync.v1.ConflictKind;

            /** Conflict message. */
            message: string;

            /** Conflict targetVersions. */
            targetVersions: zfsync.v1.Version[];

            /**
             * Creates a new Conflict instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Conflict instance
             */
            static create(properties: zfsync.v1.Conflict.$Shape): zfsync.v1.Conflict & zfsync.v1.Conflict.$Shape;
            static create(properties?: zfsync.v1.Conflict.$Properties): zfsync.v1.Conflict;

            /**
             * Encodes the specified Conflict message. Does not implicitly {@link zfsync.v1.Conflict.verify|verify} messages.
             * @param message Conflict message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.Conflict.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Conflict message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.Conflict & zfsync.v1.Conflict.$Shape} Conflict
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.Conflict & zfsync.v1.Conflict.$Shape;

            /**
             * Verifies a Conflict message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a Conflict message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Conflict
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.Conflict;

            /**
             * Creates a plain object from a Conflict message. Also converts values to other types if specified.
             * @param message Conflict
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.Conflict, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Conflict to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Conflict {

            /** Properties of a Conflict. */
            interface $Properties {

                /** Conflict conflict */
                conflict?: zfsync.v1.ConflictKind;

                /** Conflict message */
                message?: string;

                /** Conflict targetVersions */
                targetVersions?: zfsync.v1.Version.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Conflict. */
            type $Shape = zfsync.v1.Conflict.$Properties;
        }

        /**
         * Properties of a Refused.
         * @deprecated Use zfsync.v1.Refused.$Properties instead.
         */
        interface IRefused extends zfsync.v1.Refused.$Properties {
        }

        /** Represents a Refused. */
        class Refused {

            /**
             * Constructs a new Refused.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.Refused.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Refused failure. */
            failure: zfsync.v1.Failure;

            /**
             * Creates a new Refused instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Refused instance
             */
            static create(properties: zfsync.v1.Refused.$Shape): zfsync.v1.Refused & zfsync.v1.Refused.$Shape;
            static create(properties?: zfsync.v1.Refused.$Properties): zfsync.v1.Refused;

            /**
             * Encodes the specified Refused message. Does not implicitly {@link zfsync.v1.Refused.verify|verify} messages.
             * @param message Refused message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.Refused.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Refused message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.Refused & zfsync.v1.Refused.$Shape} Refused
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.Refused & zfsync.v1.Refused.$Shape;

            /**
             * Verifies a Refused message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a Refused message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Refused
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.Refused;

            /**
             * Creates a plain object from a Refused message. Also converts values to other types if specified.
             * @param message Refused
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.Refused, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Refused to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Refused {

            /** Properties of a Refused. */
            interface $Properties {

                /** Refused failure */
                failure?: zfsync.v1.Failure.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Refused. */
            type $Shape = zfsync.v1.Refused.$Properties;
        }

        /**
         * Properties of a Decision.
         * @deprecated Use zfsync.v1.Decision.$Properties instead.
         */
        interface IDecision extends zfsync.v1.Decision.$Properties {
        }

        /** Represents a Decision. */
        class Decision {

            /**
             * Constructs a new Decision.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.Decision.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Decision upToDate. */
            upToDate: (zfsync.v1.UpToDate|null);

            /** Decision full. */
            full: (zfsync.v1.Full|null);

            /** Decision incremental. */
            incremental: (zfsync.v1.Incremental|null);

            /** Decision resume. */
            resume: (zfsync.v1.Resume|null);

            /** Decision conflict. */
            conflict: (zfsync.v1.Conflict|null);

            /** Decision refused. */
            refused: (zfsync.v1.Refused|null);

            /** Decision clone. */
            clone: (zfsync.v1.Clone|null);

            /** Decision kind. */
            kind?: ("upToDate"|"full"|"incremental"|"resume"|"conflict"|"refused"|"clone");

            /**
             * Creates a new Decision instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Decision instance
             */
            static create(properties: zfsync.v1.Decision.$Shape): zfsync.v1.Decision & zfsync.v1.Decision.$Shape;
            static create(properties?: zfsync.v1.Decision.$Properties): zfsync.v1.Decision;

            /**
             * Encodes the specified Decision message. Does not implicitly {@link zfsync.v1.Decision.verify|verify} messages.
             * @param message Decision message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.Decision.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Decision message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.Decision & zfsync.v1.Decision.$Shape} Decision
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.Decision & zfsync.v1.Decision.$Shape;

            /**
             * Verifies a Decision message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a Decision message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Decision
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.Decision;

            /**
             * Creates a plain object from a Decision message. Also converts values to other types if specified.
             * @param message Decision
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.Decision, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Decision to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Decision {

            /** Properties of a Decision. */
            interface $Properties {

                /** Decision upToDate */
                upToDate?: (zfsync.v1.UpToDate.$Properties|null);

                /** Decision full */
                full?: (zfsync.v1.Full.$Properties|null);

                /** Decision incremental */
                incremental?: (zfsync.v1.Incremental.$Properties|null);

                /** Decision resume */
                resume?: (zfsync.v1.Resume.$Properties|null);

                /** Decision conflict */
                conflict?: (zfsync.v1.Conflict.$Properties|null);

                /** Decision refused */
                refused?: (zfsync.v1.Refused.$Properties|null);

                /** Decision clone */
                clone?: (zfsync.v1.Clone.$Properties|null);

                /** Decision kind */
                kind?: ("upToDate"|"full"|"incremental"|"resume"|"conflict"|"refused"|"clone");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Decision. */
            type $Shape = {
              upToDate?: zfsync.v1.UpToDate.$Shape|null;
              full?: zfsync.v1.Full.$Shape|null;
              incremental?: zfsync.v1.Incremental.$Shape|null;
              resume?: zfsync.v1.Resume.$Shape|null;
              conflict?: zfsync.v1.Conflict.$Shape|null;
              refused?: zfsync.v1.Refused.$Shape|null;
              clone?: zfsync.v1.Clone.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ kind?: undefined; upToDate?: null; full?: null; incremental?: null; resume?: null; conflict?: null; refused?: null; clone?: null }|{ kind?: "upToDate"; upToDate: zfsync.v1.UpToDate.$Shape; full?: null; incremental?: null; resume?: null; conflict?: null; refused?: null; clone?: null }|{ kind?: "full"; upToDate?: null; full: zfsync.v1.Full.$Shape; incremental?: null; resume?: null; conflict?: null; refused?: null; clone?: null }|{ kind?: "incremental"; upToDate?: null; full?: null; incremental: zfsync.v1.Incremental.$Shape; resume?: null; conflict?: null; refused?: null; clone?: null }|{ kind?: "resume"; upToDate?: null; full?: null; incremental?: null; resume: zfsync.v1.Resume.$Shape; conflict?: null; refused?: null; clone?: null }|{ kind?: "conflict"; upToDate?: null; full?: null; incremental?: null; resume?: null; conflict: zfsync.v1.Conflict.$Shape; refused?: null; clone?: null }|{ kind?: "refused"; upToDate?: null; full?: null; incremental?: null; resume?: null; conflict?: null; refused: zfsync.v1.Refused.$Shape; clone?: null }|{ kind?: "clone"; upToDate?: null; full?: null; incremental?: null; resume?: null; conflict?: null; refused?: null; clone: zfsync.v1.Clone.$Shape })
            );
        }

        /**
         * Properties of a DatasetDecision.
         * @deprecated Use zfsync.v1.DatasetDecision.$Properties instead.
         */
        interface IDatasetDecision extends zfsync.v1.DatasetDecision.$Properties {
        }

        /** Represents a DatasetDecision. */
        class DatasetDecision {

            /**
             * Constructs a new DatasetDecision.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.DatasetDecision.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DatasetDecision path. */
            path: string;

            /** DatasetDecision decision. */
            decision: zfsync.v1.Decision;

            /** DatasetDecision parked. */
            parked: boolean;

            /** DatasetDecision afterParent. */
            afterParent: boolean;

            /** DatasetDecision available. */
            available: Long;

            /** DatasetDecision flags. */
            flags: (zfsync.v1.StreamFlags|null);

            /** DatasetDecision after. */
            after: (string|null);

            /** DatasetDecision renameFrom. */
            renameFrom: (string|null);

            /**
             * Creates a new DatasetDecision instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DatasetDecision instance
             */
            static create(properties: zfsync.v1.DatasetDecision.$Shape): zfsync.v1.DatasetDecision & zfsync.v1.DatasetDecision.$Shape;
            static create(properties?: zfsync.v1.DatasetDecision.$Properties): zfsync.v1.DatasetDecision;

            /**
             * Encodes the specified DatasetDecision message. Does not implicitly {@link zfsync.v1.DatasetDecision.verify|verify} messages.
             * @param message DatasetDecision message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.DatasetDecision.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DatasetDecision message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.DatasetDecision & zfsync.v1.DatasetDecision.$Shape} DatasetDecision
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.DatasetDecision & zfsync.v1.DatasetDecision.$Shape;

            /**
             * Verifies a DatasetDecision message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a DatasetDecision message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns DatasetDecision
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.DatasetDecision;

            /**
             * Creates a plain object from a DatasetDecision message. Also converts values to other types if specified.
             * @param message DatasetDecision
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.DatasetDecision, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this DatasetDecision to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace DatasetDecision {

            /** Properties of a DatasetDecision. */
            interface $Properties {

                /** DatasetDecision path */
                path?: string;

                /** DatasetDecision decision */
                decision?: zfsync.v1.Decision.$Properties;

                /** DatasetDecision parked */
                parked?: boolean;

                /** DatasetDecision afterParent */
                afterParent?: boolean;

                /** DatasetDecision available */
                available?: Long;

                /** DatasetDecision flags */
                flags?: (zfsync.v1.StreamFlags.$Properties|null);

                /** DatasetDecision after */
                after?: (string|null);

                /** DatasetDecision renameFrom */
                renameFrom?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DatasetDecision. */
            type $Shape = {
              path?: string;
              decision?: zfsync.v1.Decision.$Shape;
              parked?: boolean;
              afterParent?: boolean;
              available?: Long;
              flags?: zfsync.v1.StreamFlags.$Shape|null;
              after?: string|null;
              renameFrom?: string|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Decisions.
         * @deprecated Use zfsync.v1.Decisions.$Properties instead.
         */
        interface IDecisions extends zfsync.v1.Decisions.$Properties {
        }

        /** Represents a Decisions. */
        class Decisions {

            /**
             * Constructs a new Decisions.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.Decisions.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Decisions page. */
            page: number;

            /** Decisions last. */
            last: boolean;

            /** Decisions decisions. */
            decisions: zfsync.v1.DatasetDecision[];

            /** Decisions targetId. */
            targetId: Uint8Array;

            /**
             * Creates a new Decisions instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Decisions instance
             */
            static create(properties: zfsync.v1.Decisions.$Shape): zfsync.v1.Decisions & zfsync.v1.Decisions.$Shape;
            static create(properties?: zfsync.v1.Decisions.$Properties): zfsync.v1.Decisions;

            /**
             * Encodes the specified Decisions message. Does not implicitly {@link zfsync.v1.Decisions.verify|verify} messages.
             * @param message Decisions message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.Decisions.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Decisions message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.Decisions & zfsync.v1.Decisions.$Shape} Decisions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.Decisions & zfsync.v1.Decisions.$Shape;

            /**
             * Verifies a Decisions message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a Decisions message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Decisions
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.Decisions;

            /**
             * Creates a plain object from a Decisions message. Also converts values to other types if specified.
             * @param message Decisions
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.Decisions, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Decisions to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Decisions {

            /** Properties of a Decisions. */
            interface $Properties {

                /** Decisions page */
                page?: number;

                /** Decisions last */
                last?: boolean;

                /** Decisions decisions */
                decisions?: zfsync.v1.DatasetDecision.$Properties[];

                /** Decisions targetId */
                targetId?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Decisions. */
            type $Shape = {
              page?: number;
              last?: boolean;
              decisions?: zfsync.v1.DatasetDecision.$Shape[];
              targetId?: Uint8Array;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Replan.
         * @deprecated Use zfsync.v1.Replan.$Properties instead.
         */
        interface IReplan extends zfsync.v1.Replan.$Properties {
        }

        /** Represents a Replan. */
        class Replan {

            /**
             * Constructs a new Replan.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.Replan.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Replan path. */
            path: string;

            /** Replan discard. */
            discard: (string|null);

            /**
             * Creates a new Replan instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Replan instance
             */
            static create(properties: zfsync.v1.Replan.$Shape): zfsync.v1.Replan & zfsync.v1.Replan.$Shape;
            static create(properties?: zfsync.v1.Replan.$Properties): zfsync.v1.Replan;

            /**
             * Encodes the specified Replan message. Does not implicitly {@link zfsync.v1.Replan.verify|verify} messages.
             * @param message Replan message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.Replan.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Replan message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.Replan & zfsync.v1.Replan.$Shape} Replan
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.Replan & zfsync.v1.Replan.$Shape;

            /**
             * Verifies a Replan message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a Replan message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Replan
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.Replan;

            /**
             * Creates a plain object from a Replan message. Also converts values to other types if specified.
             * @param message Replan
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.Replan, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Replan to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Replan {

            /** Properties of a Replan. */
            interface $Properties {

                /** Replan path */
                path?: string;

                /** Replan discard */
                discard?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Replan. */
            type $Shape = zfsync.v1.Replan.$Properties;
        }

        /**
         * Properties of a CleanBuffer.
         * @deprecated Use zfsync.v1.CleanBuffer.$Properties instead.
         */
        interface ICleanBuffer extends zfsync.v1.CleanBuffer.$Properties {
        }

        /** Represents a CleanBuffer. */
        class CleanBuffer {

            /**
             * Constructs a new CleanBuffer.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.CleanBuffer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new CleanBuffer instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CleanBuffer instance
             */
            static create(properties: zfsync.v1.CleanBuffer.$Shape): zfsync.v1.CleanBuffer & zfsync.v1.CleanBuffer.$Shape;
            static create(properties?: zfsync.v1.CleanBuffer.$Properties): zfsync.v1.CleanBuffer;

            /**
             * Encodes the specified CleanBuffer message. Does not implicitly {@link zfsync.v1.CleanBuffer.verify|verify} messages.
             * @param message CleanBuffer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.CleanBuffer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CleanBuffer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.CleanBuffer & zfsync.v1.CleanBuffer.$Shape} CleanBuffer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.CleanBuffer & zfsync.v1.CleanBuffer.$Shape;

            /**
             * Verifies a CleanBuffer message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a CleanBuffer message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns CleanBuffer
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.CleanBuffer;

            /**
             * Creates a plain object from a CleanBuffer message. Also converts values to other types if specified.
             * @param message CleanBuffer
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.CleanBuffer, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this CleanBuffer to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace CleanBuffer {

            /** Properties of a CleanBuffer. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CleanBuffer. */
            type $Shape = zfsync.v1.CleanBuffer.$Properties;
        }

        /** PromotionOutcome enum. */
        enum PromotionOutcome {

            /** PROMOTION_OUTCOME_UNSPECIFIED value */
            PROMOTION_OUTCOME_UNSPECIFIED = 0,

            /** PROMOTION_OUTCOME_PROMOTED value */
            PROMOTION_OUTCOME_PROMOTED = 1,

            /** PROMOTION_OUTCOME_PLACEHOLDER value */
            PROMOTION_OUTCOME_PLACEHOLDER = 2,

            /** PROMOTION_OUTCOME_CONFLICT value */
            PROMOTION_OUTCOME_CONFLICT = 3,

            /** PROMOTION_OUTCOME_WAITING value */
            PROMOTION_OUTCOME_WAITING = 4,

            /** PROMOTION_OUTCOME_FAILED value */
            PROMOTION_OUTCOME_FAILED = 5
        }

        /**
         * Properties of a Promotion.
         * @deprecated Use zfsync.v1.Promotion.$Properties instead.
         */
        interface IPromotion extends zfsync.v1.Promotion.$Properties {
        }

        /** Represents a Promotion. */
        class Promotion {

            /**
             * Constructs a new Promotion.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.Promotion.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Promotion path. */
            path: string;

            /** Promotion parkedAs. */
            parkedAs: string;

            /** Promotion outcome. */
            outcome: zfsync.v1.PromotionOutcome;

            /** Promotion failure. */
            failure: (zfsync.v1.Failure|null);

            /**
             * Creates a new Promotion instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Promotion instance
             */
            static create(properties: zfsync.v1.Promotion.$Shape): zfsync.v1.Promotion & zfsync.v1.Promotion.$Shape;
            static create(properties?: zfsync.v1.Promotion.$Properties): zfsync.v1.Promotion;

            /**
             * Encodes the specified Promotion message. Does not implicitly {@link zfsync.v1.Promotion.verify|verify} messages.
             * @param message Promotion message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.Promotion.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Promotion message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.Promotion & zfsync.v1.Promotion.$Shape} Promotion
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.Promotion & zfsync.v1.Promotion.$Shape;

            /**
             * Verifies a Promotion message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a Promotion message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Promotion
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.Promotion;

            /**
             * Creates a plain object from a Promotion message. Also converts values to other types if specified.
             * @param message Promotion
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.Promotion, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Promotion to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Promotion {

            /** Properties of a Promotion. */
            interface $Properties {

                /** Promotion path */
                path?: string;

                /** Promotion parkedAs */
                parkedAs?: string;

                /** Promotion outcome */
                outcome?: zfsync.v1.PromotionOutcome;

                /** Promotion failure */
                failure?: (zfsync.v1.Failure.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Promotion. */
            type $Shape = zfsync.v1.Promotion.$Properties;
        }

        /**
         * Properties of a CleanBufferReport.
         * @deprecated Use zfsync.v1.CleanBufferReport.$Properties instead.
         */
        interface ICleanBufferReport extends zfsync.v1.CleanBufferReport.$Properties {
        }

        /** Represents a CleanBufferReport. */
        class CleanBufferReport {

            /**
             * Constructs a new CleanBufferReport.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.CleanBufferReport.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CleanBufferReport page. */
            page: number;

            /** CleanBufferReport last. */
            last: boolean;

            /** CleanBufferReport promotions. */
            promotions: zfsync.v1.Promotion[];

            /**
             * Creates a new CleanBufferReport instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CleanBufferReport instance
             */
            static create(properties: zfsync.v1.CleanBufferReport.$Shape): zfsync.v1.CleanBufferReport & zfsync.v1.CleanBufferReport.$Shape;
            static create(properties?: zfsync.v1.CleanBufferReport.$Properties): zfsync.v1.CleanBufferReport;

            /**
             * Encodes the specified CleanBufferReport message. Does not implicitly {@link zfsync.v1.CleanBufferReport.verify|verify} messages.
             * @param message CleanBufferReport message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.CleanBufferReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CleanBufferReport message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.CleanBufferReport & zfsync.v1.CleanBufferReport.$Shape} CleanBufferReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.CleanBufferReport & zfsync.v1.CleanBufferReport.$Shape;

            /**
             * Verifies a CleanBufferReport message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a CleanBufferReport message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns CleanBufferReport
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.CleanBufferReport;

            /**
             * Creates a plain object from a CleanBufferReport message. Also converts values to other types if specified.
             * @param message CleanBufferReport
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.CleanBufferReport, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this CleanBufferReport to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace CleanBufferReport {

            /** Properties of a CleanBufferReport. */
            interface $Properties {

                /** CleanBufferReport page */
                page?: number;

                /** CleanBufferReport last */
                last?: boolean;

                /** CleanBufferReport promotions */
                promotions?: zfsync.v1.Promotion.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CleanBufferReport. */
            type $Shape = zfsync.v1.CleanBufferReport.$Properties;
        }

        /**
         * Properties of a Tidy.
         * @deprecated Use zfsync.v1.Tidy.$Properties instead.
         */
        interface ITidy extends zfsync.v1.Tidy.$Properties {
        }

        /** Represents a Tidy. */
        class Tidy {

            /**
             * Constructs a new Tidy.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.Tidy.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Tidy dryRun. */
            dryRun: boolean;

            /** Tidy mirrorSnapshots. */
            mirrorSnapshots: boolean;

            /** Tidy mirrorDatasetsAfter. */
            mirrorDatasetsAfter: (Long|null);

            /**
             * Creates a new Tidy instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Tidy instance
             */
            static create(properties: zfsync.v1.Tidy.$Shape): zfsync.v1.Tidy & zfsync.v1.Tidy.$Shape;
            static create(properties?: zfsync.v1.Tidy.$Properties): zfsync.v1.Tidy;

            /**
             * Encodes the specified Tidy message. Does not implicitly {@link zfsync.v1.Tidy.verify|verify} messages.
             * @param message Tidy message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.Tidy.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Tidy message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.Tidy & zfsync.v1.Tidy.$Shape} Tidy
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.Tidy & zfsync.v1.Tidy.$Shape;

            /**
             * Verifies a Tidy message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a Tidy message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Tidy
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.Tidy;

            /**
             * Creates a plain object from a Tidy message. Also converts values to other types if specified.
             * @param message Tidy
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.Tidy, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Tidy to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Tidy {

            /** Properties of a Tidy. */
            interface $Properties {

                /** Tidy dryRun */
                dryRun?: boolean;

                /** Tidy mirrorSnapshots */
                mirrorSnapshots?: boolean;

                /** Tidy mirrorDatasetsAfter */
                mirrorDatasetsAfter?: (Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Tidy. */
            type $Shape = zfsync.v1.Tidy.$Properties;
        }

        /** TidyAction enum. */
        enum TidyAction {

            /** TIDY_ACTION_UNSPECIFIED value */
            TIDY_ACTION_UNSPECIFIED = 0,

            /** TIDY_ACTION_PRUNE value */
            TIDY_ACTION_PRUNE = 1,

            /** TIDY_ACTION_MIRROR_SNAPSHOTS value */
            TIDY_ACTION_MIRROR_SNAPSHOTS = 2,

            /** TIDY_ACTION_MARK value */
            TIDY_ACTION_MARK = 3,

            /** TIDY_ACTION_WAIT value */
            TIDY_ACTION_WAIT = 4,

            /** TIDY_ACTION_UNMARK value */
            TIDY_ACTION_UNMARK = 5,

            /** TIDY_ACTION_ASIDE value */
            TIDY_ACTION_ASIDE = 6,

            /** TIDY_ACTION_DESTROY value */
            TIDY_ACTION_DESTROY = 7
        }

        /**
         * Properties of a TidyEntry.
         * @deprecated Use zfsync.v1.TidyEntry.$Properties instead.
         */
        interface ITidyEntry extends zfsync.v1.TidyEntry.$Properties {
        }

        /** Represents a TidyEntry. */
        class TidyEntry {

            /**
             * Constructs a new TidyEntry.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.TidyEntry.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TidyEntry path. */
            path: string;

            /** TidyEntry action. */
            action: zfsync.v1.TidyAction;

            /** TidyEntry names. */
            names: string[];

            /** TidyEntry bytes. */
            bytes: Long;

            /** TidyEntry due. */
            due: Long;

            /** TidyEntry aside. */
            aside: (string|null);

            /** TidyEntry failure. */
            failure: (zfsync.v1.Failure|null);

            /**
             * Creates a new TidyEntry instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TidyEntry instance
             */
            static create(properties: zfsync.v1.TidyEntry.$Shape): zfsync.v1.TidyEntry & zfsync.v1.TidyEntry.$Shape;
            static create(properties?: zfsync.v1.TidyEntry.$Properties): zfsync.v1.TidyEntry;

            /**
             * Encodes the specified TidyEntry message. Does not implicitly {@link zfsync.v1.TidyEntry.verify|verify} messages.
             * @param message TidyEntry message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.TidyEntry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TidyEntry message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.TidyEntry & zfsync.v1.TidyEntry.$Shape} TidyEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.TidyEntry & zfsync.v1.TidyEntry.$Shape;

            /**
             * Verifies a TidyEntry message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a TidyEntry message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns TidyEntry
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.TidyEntry;

            /**
             * Creates a plain object from a TidyEntry message. Also converts values to other types if specified.
             * @param message TidyEntry
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.TidyEntry, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this TidyEntry to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace TidyEntry {

            /** Properties of a TidyEntry. */
            interface $Properties {

                /** TidyEntry path */
                path?: string;

                /** TidyEntry action */
                action?: zfsync.v1.TidyAction;

                /** TidyEntry names */
                names?: string[];

                /** TidyEntry bytes */
                bytes?: Long;

                /** TidyEntry due */
                due?: Long;

                /** TidyEntry aside */
                aside?: (string|null);

                /** TidyEntry failure */
                failure?: (zfsync.v1.Failure.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TidyEntry. */
            type $Shape = zfsync.v1.TidyEntry.$Properties;
        }

        /**
         * Properties of a TidyReport.
         * @deprecated Use zfsync.v1.TidyReport.$Properties instead.
         */
        interface ITidyReport extends zfsync.v1.TidyReport.$Properties {
        }

        /** Represents a TidyReport. */
        class TidyReport {

            /**
             * Constructs a new TidyReport.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.TidyReport.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TidyReport page. */
            page: number;

            /** TidyReport last. */
            last: boolean;

            /** TidyReport entries. */
            entries: zfsync.v1.TidyEntry[];

            /**
             * Creates a new TidyReport instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TidyReport instance
             */
            static create(properties: zfsync.v1.TidyReport.$Shape): zfsync.v1.TidyReport & zfsync.v1.TidyReport.$Shape;
            static create(properties?: zfsync.v1.TidyReport.$Properties): zfsync.v1.TidyReport;

            /**
             * Encodes the specified TidyReport message. Does not implicitly {@link zfsync.v1.TidyReport.verify|verify} messages.
             * @param message TidyReport message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.TidyReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TidyReport message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.TidyReport & zfsync.v1.TidyReport.$Shape} TidyReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.TidyReport & zfsync.v1.TidyReport.$Shape;

            /**
             * Verifies a TidyReport message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a TidyReport message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns TidyReport
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.TidyReport;

            /**
             * Creates a plain object from a TidyReport message. Also converts values to other types if specified.
             * @param message TidyReport
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.TidyReport, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this TidyReport to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace TidyReport {

            /** Properties of a TidyReport. */
            interface $Properties {

                /** TidyReport page */
                page?: number;

                /** TidyReport last */
                last?: boolean;

                /** TidyReport entries */
                entries?: zfsync.v1.TidyEntry.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TidyReport. */
            type $Shape = zfsync.v1.TidyReport.$Properties;
        }

        /** StreamMode enum. */
        enum StreamMode {

            /** STREAM_MODE_UNSPECIFIED value */
            STREAM_MODE_UNSPECIFIED = 0,

            /** STREAM_MODE_FRAMED value */
            STREAM_MODE_FRAMED = 1,

            /** STREAM_MODE_DIRECT value */
            STREAM_MODE_DIRECT = 2
        }

        /**
         * Properties of a BeginStream.
         * @deprecated Use zfsync.v1.BeginStream.$Properties instead.
         */
        interface IBeginStream extends zfsync.v1.BeginStream.$Properties {
        }

        /** Represents a BeginStream. */
        class BeginStream {

            /**
             * Constructs a new BeginStream.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.BeginStream.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BeginStream path. */
            path: string;

            /** BeginStream from. */
            from: (Long|null);

            /** BeginStream to. */
            to: Long;

            /** BeginStream intermediates. */
            intermediates: boolean;

            /** BeginStream raw. */
            raw: boolean;

            /** BeginStream largeBlocks. */
            largeBlocks: boolean;

            /** BeginStream compressed. */
            compressed: boolean;

            /** BeginStream embedded. */
            embedded: boolean;

            /** BeginStream mode. */
            mode: zfsync.v1.StreamMode;

            /** BeginStream resume. */
            resume: (string|null);

            /**
             * Creates a new BeginStream instance using the specified properties.
             * @param [properties] Properties to set
             * @returns BeginStream instance
             */
            static create(properties: zfsync.v1.BeginStream.$Shape): zfsync.v1.BeginStream & zfsync.v1.BeginStream.$Shape;
            static create(properties?: zfsync.v1.BeginStream.$Properties): zfsync.v1.BeginStream;

            /**
             * Encodes the specified BeginStream message. Does not implicitly {@link zfsync.v1.BeginStream.verify|verify} messages.
             * @param message BeginStream message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.BeginStream.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BeginStream message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.BeginStream & zfsync.v1.BeginStream.$Shape} BeginStream
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.BeginStream & zfsync.v1.BeginStream.$Shape;

            /**
             * Verifies a BeginStream message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a BeginStream message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns BeginStream
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.BeginStream;

            /**
             * Creates a plain object from a BeginStream message. Also converts values to other types if specified.
             * @param message BeginStream
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.BeginStream, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this BeginStream to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace BeginStream {

            /** Properties of a BeginStream. */
            interface $Properties {

                /** BeginStream path */
                path?: string;

                /** BeginStream from */
                from?: (Long|null);

                /** BeginStream to */
                to?: Long;

                /** BeginStream intermediates */
                intermediates?: boolean;

                /** BeginStream raw */
                raw?: boolean;

                /** BeginStream largeBlocks */
                largeBlocks?: boolean;

                /** BeginStream compressed */
                compressed?: boolean;

                /** BeginStream embedded */
                embedded?: boolean;

                /** BeginStream mode */
                mode?: zfsync.v1.StreamMode;

                /** BeginStream resume */
                resume?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BeginStream. */
            type $Shape = zfsync.v1.BeginStream.$Properties;
        }

        /**
         * Properties of a StreamReady.
         * @deprecated Use zfsync.v1.StreamReady.$Properties instead.
         */
        interface IStreamReady extends zfsync.v1.StreamReady.$Properties {
        }

        /** Represents a StreamReady. */
        class StreamReady {

            /**
             * Constructs a new StreamReady.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.StreamReady.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StreamReady mode. */
            mode: zfsync.v1.StreamMode;

            /** StreamReady target. */
            target: string;

            /** StreamReady parked. */
            parked: boolean;

            /**
             * Creates a new StreamReady instance using the specified properties.
             * @param [properties] Properties to set
             * @returns StreamReady instance
             */
            static create(properties: zfsync.v1.StreamReady.$Shape): zfsync.v1.StreamReady & zfsync.v1.StreamReady.$Shape;
            static create(properties?: zfsync.v1.StreamReady.$Properties): zfsync.v1.StreamReady;

            /**
             * Encodes the specified StreamReady message. Does not implicitly {@link zfsync.v1.StreamReady.verify|verify} messages.
             * @param message StreamReady message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.StreamReady.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StreamReady message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.StreamReady & zfsync.v1.StreamReady.$Shape} StreamReady
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.StreamReady & zfsync.v1.StreamReady.$Shape;

            /**
             * Verifies a StreamReady message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a StreamReady message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns StreamReady
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.StreamReady;

            /**
             * Creates a plain object from a StreamReady message. Also converts values to other types if specified.
             * @param message StreamReady
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.StreamReady, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this StreamReady to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace StreamReady {

            /** Properties of a StreamReady. */
            interface $Properties {

                /** StreamReady mode */
                mode?: zfsync.v1.StreamMode;

                /** StreamReady target */
                target?: string;

                /** StreamReady parked */
                parked?: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StreamReady. */
            type $Shape = zfsync.v1.StreamReady.$Properties;
        }

        /**
         * Properties of a StreamRefused.
         * @deprecated Use zfsync.v1.StreamRefused.$Properties instead.
         */
        interface IStreamRefused extends zfsync.v1.StreamRefused.$Properties {
        }

        /** Represents a StreamRefused. */
        class StreamRefused {

            /**
             * Constructs a new StreamRefused.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.StreamRefused.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StreamRefused failure. */
            failure: zfsync.v1.Failure;

            /**
             * Creates a new StreamRefused instance using the specified properties.
             * @param [properties] Properties to set
             * @returns StreamRefused instance
             */
            static create(properties: zfsync.v1.StreamRefused.$Shape): zfsync.v1.StreamRefused & zfsync.v1.StreamRefused.$Shape;
            static create(properties?: zfsync.v1.StreamRefused.$Properties): zfsync.v1.StreamRefused;

            /**
             * Encodes the specified StreamRefused message. Does not implicitly {@link zfsync.v1.StreamRefused.verify|verify} messages.
             * @param message StreamRefused message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.StreamRefused.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StreamRefused message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.StreamRefused & zfsync.v1.StreamRefused.$Shape} StreamRefused
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.StreamRefused & zfsync.v1.StreamRefused.$Shape;

            /**
             * Verifies a StreamRefused message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a StreamRefused message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns StreamRefused
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.StreamRefused;

            /**
             * Creates a plain object from a StreamRefused message. Also converts values to other types if specified.
             * @param message StreamRefused
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.StreamRefused, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this StreamRefused to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace StreamRefused {

            /** Properties of a StreamRefused. */
            interface $Properties {

                /** StreamRefused failure */
                failure?: zfsync.v1.Failure.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StreamRefused. */
            type $Shape = zfsync.v1.StreamRefused.$Properties;
        }

        /**
         * Properties of a StreamEnd.
         * @deprecated Use zfsync.v1.StreamEnd.$Properties instead.
         */
        interface IStreamEnd extends zfsync.v1.StreamEnd.$Properties {
        }

        /** Represents a StreamEnd. */
        class StreamEnd {

            /**
             * Constructs a new StreamEnd.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.StreamEnd.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StreamEnd bytes. */
            bytes: Long;

            /** StreamEnd digest. */
            digest: Uint8Array;

            /**
             * Creates a new StreamEnd instance using the specified properties.
             * @param [properties] Properties to set
             * @returns StreamEnd instance
             */
            static create(properties: zfsync.v1.StreamEnd.$Shape): zfsync.v1.StreamEnd & zfsync.v1.StreamEnd.$Shape;
            static create(properties?: zfsync.v1.StreamEnd.$Properties): zfsync.v1.StreamEnd;

            /**
             * Encodes the specified StreamEnd message. Does not implicitly {@link zfsync.v1.StreamEnd.verify|verify} messages.
             * @param message StreamEnd message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.StreamEnd.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StreamEnd message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.StreamEnd & zfsync.v1.StreamEnd.$Shape} StreamEnd
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.StreamEnd & zfsync.v1.StreamEnd.$Shape;

            /**
             * Verifies a StreamEnd message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a StreamEnd message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns StreamEnd
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.StreamEnd;

            /**
             * Creates a plain object from a StreamEnd message. Also converts values to other types if specified.
             * @param message StreamEnd
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.StreamEnd, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this StreamEnd to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace StreamEnd {

            /** Properties of a StreamEnd. */
            interface $Properties {

                /** StreamEnd bytes */
                bytes?: Long;

                /** StreamEnd digest */
                digest?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StreamEnd. */
            type $Shape = zfsync.v1.StreamEnd.$Properties;
        }

        /** StreamSide enum. */
        enum StreamSide {

            /** STREAM_SIDE_UNSPECIFIED value */
            STREAM_SIDE_UNSPECIFIED = 0,

            /** STREAM_SIDE_SOURCE value */
            STREAM_SIDE_SOURCE = 1,

            /** STREAM_SIDE_SINK value */
            STREAM_SIDE_SINK = 2,

            /** STREAM_SIDE_WIRE value */
            STREAM_SIDE_WIRE = 3
        }

        /**
         * Properties of a StreamFailed.
         * @deprecated Use zfsync.v1.StreamFailed.$Properties instead.
         */
        interface IStreamFailed extends zfsync.v1.StreamFailed.$Properties {
        }

        /** Represents a StreamFailed. */
        class StreamFailed {

            /**
             * Constructs a new StreamFailed.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.StreamFailed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StreamFailed side. */
            side: zfsync.v1.StreamSide;

            /** StreamFailed failure. */
            failure: zfsync.v1.Failure;

            /**
             * Creates a new StreamFailed instance using the specified properties.
             * @param [properties] Properties to set
             * @returns StreamFailed instance
             */
            static create(properties: zfsync.v1.StreamFailed.$Shape): zfsync.v1.StreamFailed & zfsync.v1.StreamFailed.$Shape;
            static create(properties?: zfsync.v1.StreamFailed.$Properties): zfsync.v1.StreamFailed;

            /**
             * Encodes the specified StreamFailed message. Does not implicitly {@link zfsync.v1.StreamFailed.verify|verify} messages.
             * @param message StreamFailed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.StreamFailed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StreamFailed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.StreamFailed & zfsync.v1.StreamFailed.$Shape} StreamFailed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.StreamFailed & zfsync.v1.StreamFailed.$Shape;

            /**
             * Verifies a StreamFailed message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a StreamFailed message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns StreamFailed
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.StreamFailed;

            /**
             * Creates a plain object from a StreamFailed message. Also converts values to other types if specified.
             * @param message StreamFailed
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.StreamFailed, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this StreamFailed to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace StreamFailed {

            /** Properties of a StreamFailed. */
            interface $Properties {

                /** StreamFailed side */
                side?: zfsync.v1.StreamSide;

                /** StreamFailed failure */
                failure?: zfsync.v1.Failure.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StreamFailed. */
            type $Shape = zfsync.v1.StreamFailed.$Properties;
        }

        /**
         * Properties of a StreamResult.
         * @deprecated Use zfsync.v1.StreamResult.$Properties instead.
         */
        interface IStreamResult extends zfsync.v1.StreamResult.$Properties {
        }

        /** Represents a StreamResult. */
        class StreamResult {

            /**
             * Constructs a new StreamResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: zfsync.v1.StreamResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StreamResult bytes. */
            bytes: Long;

            /** StreamResult failure. */
            failure: (zfsync.v1.Failure|null);

            /**
             * Creates a new StreamResult instance using the specified properties.
             * @param [properties] Properties to set
             * @returns StreamResult instance
             */
            static create(properties: zfsync.v1.StreamResult.$Shape): zfsync.v1.StreamResult & zfsync.v1.StreamResult.$Shape;
            static create(properties?: zfsync.v1.StreamResult.$Properties): zfsync.v1.StreamResult;

            /**
             * Encodes the specified StreamResult message. Does not implicitly {@link zfsync.v1.StreamResult.verify|verify} messages.
             * @param message StreamResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: zfsync.v1.StreamResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StreamResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {zfsync.v1.StreamResult & zfsync.v1.StreamResult.$Shape} StreamResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): zfsync.v1.StreamResult & zfsync.v1.StreamResult.$Shape;

            /**
             * Verifies a StreamResult message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Creates a StreamResult message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns StreamResult
             */
            static fromObject(object: { [k: string]: any }): zfsync.v1.StreamResult;

            /**
             * Creates a plain object from a StreamResult message. Also converts values to other types if specified.
             * @param message StreamResult
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: zfsync.v1.StreamResult, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this StreamResult to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace StreamResult {

            /** Properties of a StreamResult. */
            interface $Properties {

                /** StreamResult bytes */
                bytes?: Long;

                /** StreamResult failure */
                failure?: (zfsync.v1.Failure.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StreamResult. */
            type $Shape = zfsync.v1.StreamResult.$Properties;
        }
    }
}
