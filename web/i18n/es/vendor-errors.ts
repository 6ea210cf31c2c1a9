/** Frases para los códigos de los adaptadores: qué ha pasado en el sistema externo y qué hacer. */
export const vendorErrors = {
  'onoffice.credentials_invalid':
    'onOffice no acepta este token y este secreto. Copie de nuevo ambos del usuario de API en onOffice; puede que se hayan sustituido.',
  'onoffice.credentials_swapped': 'Parece que el token y el secreto están cambiados. Intercambie las dos entradas.',
  'onoffice.user_inactive':
    'El usuario de API está inactivo en onOffice. Actívelo o use el token de otro usuario de API.',
  'onoffice.claim_outdated':
    'La autorización con la que el conector trabaja en onOffice ha caducado. Un administrador abre una vez el Newsletter Connector en el menú de onOffice y todo continúa automáticamente.',
  'onoffice.no_read_right':
    'El usuario de API no puede leer contactos. Dele en onOffice permiso de lectura sobre los contactos.',
  'onoffice.no_write_right':
    'El usuario de API no puede modificar contactos. Dele en onOffice permiso de escritura sobre los contactos.',
  'onoffice.tag_creation_refused':
    'onOffice no nos permite crear etiquetas de newsletter. Cree usted la etiqueta en onOffice.',
  'onoffice.tag_change_refused':
    'onOffice no nos permite renombrar ni eliminar etiquetas de newsletter. Hágalo usted en onOffice.',
  'onoffice.call_not_allowed':
    'onOffice no permite esta llamada al usuario de API. Compruebe sus permisos en onOffice.',
  'onoffice.clock_skew':
    'El reloj de este servidor no va bien y por eso onOffice rechaza sus llamadas. Ponga en hora el servidor.',
  'onoffice.ip_blocked':
    'onOffice no acepta llamadas desde la dirección IP de este servidor. Autorícela en el usuario de API de onOffice.',
  'onoffice.field_inactive':
    'Un campo que necesitamos está desactivado en onOffice. Actívelo en la administración de campos.',
  'onoffice.field_missing':
    'Un campo que necesitamos no existe en su onOffice. Actívelo o cambie la asignación de campos.',
  'onoffice.value_not_permitted': 'Su onOffice no admite el valor que debía escribirse en este campo.',
  'onoffice.activity_kind_unknown': 'Su onOffice no tiene el tipo de actividad que debía anotarse.',
  'onoffice.activation_expired':
    'La activación ha tardado demasiado. Vuelva a iniciarla en el Marketplace de onOffice.',
  'onoffice.rate_limited': 'Esperando a onOffice: de momento no acepta más llamadas. Continuaremos automáticamente.',
  'onoffice.unavailable': 'Esperando a onOffice: en este momento no está disponible. Continuaremos automáticamente.',
  'onoffice.record_refused': 'onOffice ha rechazado este contacto.',
  'onoffice.email_refused': 'onOffice ha rechazado esta dirección de correo.',
  'onoffice.record_missing': 'Este contacto ya no existe en onOffice.',
  'onoffice.sort_refused': 'onOffice rechaza la forma en que leemos los contactos. Comuníquenoslo, por favor.',
  'onoffice.too_many_actions': 'onOffice rechaza el tamaño de nuestra petición. Comuníquenoslo, por favor.',
  'onoffice.request_invalid': 'onOffice no ha entendido nuestra petición. Comuníquenoslo, por favor.',
  'onoffice.action_failed':
    'onOffice no ha podido ejecutar nuestra petición. Vuelva a intentarlo; si se repite, comuníquenoslo.',
  'onoffice.unexpected_response': 'onOffice ha dado una respuesta que no entendemos. Vuelva a intentarlo más tarde.',
  'brevo.key_missing': 'No se ha enviado ninguna clave API de Brevo.',
  'brevo.key_invalid':
    'Brevo no acepta esta clave API; puede que sea incorrecta, que haya caducado o que esté desactivada. Cree una nueva en Configuración → SMTP y API → Claves API.',
  'brevo.ip_blocked':
    'Brevo bloquea la dirección IP de este servidor. Autorícela en Brevo, en Configuración → Seguridad → IP autorizadas; la clave en sí está bien.',
  'brevo.no_permission':
    'Esta clave no tiene permiso para hacerlo. Dele todos los permisos de cuenta, contactos, webhooks y procesos.',
  'brevo.account_under_validation': 'Brevo todavía está verificando esta cuenta. Vuelva a intentarlo más tarde.',
  'brevo.audience_refused': 'Brevo no ha querido crear la lista. Elija una que ya exista.',
  'brevo.audience_gone': 'La lista ya no existe en Brevo. Elija otra en los ajustes.',
  'brevo.field_refused': 'Brevo no ha querido crear un atributo de contacto. Créelo allí o asigne otro.',
  'brevo.webhook_limit': 'Brevo admite 40 webhooks. Elimine uno que no haga falta.',
  'brevo.contact_exists': 'Brevo ya tiene un contacto con esta dirección.',
  'brevo.contact_busy': 'Brevo todavía está guardando este contacto; lo intentaremos de nuevo.',
  'brevo.invalid_email': 'Brevo no acepta esta dirección de correo. Corríjala en el contacto.',
  'brevo.plan_limit': 'Se ha alcanzado el límite del plan de Brevo. Cambie de plan o elimine contactos.',
  'brevo.rejected': 'Brevo ha rechazado este registro.',
  'brevo.not_found': 'Brevo no conoce lo que se le ha pedido, o ya no lo tiene.',
  'brevo.method_not_allowed': 'Brevo no permite hacer esto con este registro.',
  'brevo.import_running':
    'Brevo está procesando la importación; puede tardar hasta 30 minutos. Continuará automáticamente.',
  'brevo.rate_limited': 'Se ha agotado el límite de llamadas de Brevo; continuaremos en cuanto lo permita.',
  'brevo.unavailable': 'Brevo no está disponible en este momento. Lo intentaremos de nuevo automáticamente.',
  'brevo.unexpected_response':
    'Brevo ha enviado una respuesta que no entendemos. Lo intentaremos de nuevo automáticamente.',
  'mailchimp.key_malformed':
    'Esto no es una clave API de Mailchimp. Tiene 32 caracteres, un guion y el centro de datos, por ejemplo «…-us21».',
  'mailchimp.key_invalid':
    'Mailchimp no acepta esta clave API. Puede que se haya revocado; cree una nueva en Mailchimp e introdúzcala.',
  'mailchimp.wrong_data_center':
    'El final de la clave API indica un centro de datos equivocado. Copie de nuevo la clave, incluida la terminación («-us…»).',
  'mailchimp.account_disabled': 'Mailchimp ha desactivado esta cuenta. Póngase en contacto con Mailchimp.',
  'mailchimp.forbidden':
    'El usuario de esta clave API no puede hacer esto en Mailchimp. Use la clave de un usuario con el rol Manager o superior.',
  'mailchimp.no_room_for_audience':
    'En su plan de Mailchimp no cabe otra lista de correo. Elija una que ya exista o cambie de plan.',
  'mailchimp.audience_refused':
    'Mailchimp no ha querido crear la lista de correo. Compruebe allí la dirección postal y los datos de contacto de la cuenta.',
  'mailchimp.audience_gone': 'La lista de correo ya no existe en Mailchimp. Elija otra en la configuración.',
  'mailchimp.field_refused':
    'Mailchimp no ha querido crear un campo. Elimine allí campos que no necesite o asigne otro.',
  'mailchimp.tag_gone': 'La etiqueta ya no existe en Mailchimp.',
  'mailchimp.tag_refused':
    'Mailchimp ha rechazado esta etiqueta. Puede que su nombre sea demasiado largo o que ya se use para otra cosa.',
  'mailchimp.plan_limit': 'En su plan de Mailchimp no caben más contactos. Cambie de plan o elimine contactos allí.',
  'mailchimp.compliance':
    'Mailchimp bloquea esta dirección porque la persona se dio de baja o marcó un correo como spam. Solo ella misma puede volver.',
  'mailchimp.permanently_deleted':
    'La dirección se eliminó definitivamente en Mailchimp. Solo la propia persona puede volver.',
  'mailchimp.invalid_email': 'Mailchimp no acepta esta dirección de correo. Corríjala en onOffice.',
  'mailchimp.signup_limit':
    'Esta dirección se ha dado de alta en muchísimas listas últimamente; de momento Mailchimp no la acepta.',
  'mailchimp.merge_fields_invalid':
    'Mailchimp no acepta el valor de un campo. Compruebe los campos obligatorios de la lista de correo.',
  'mailchimp.member_exists': 'La dirección ya es miembro de la lista de correo.',
  'mailchimp.rejected': 'Mailchimp ha rechazado este contacto.',
  'mailchimp.not_found': 'Lo que se buscaba ya no existe en Mailchimp.',
  'mailchimp.method_not_allowed': 'Mailchimp no lo permite en el estado actual del miembro.',
  'mailchimp.https_required':
    'Mailchimp solo acepta conexiones cifradas. Compruebe la dirección en la configuración del servidor.',
  'mailchimp.rate_limited': 'Esperando a Mailchimp: de momento no acepta más llamadas. Continuaremos automáticamente.',
  'mailchimp.unavailable': 'Esperando a Mailchimp: en este momento no está disponible. Continuaremos automáticamente.',
  'mailchimp.unexpected_response': 'Mailchimp ha dado una respuesta que no entendemos. Vuelva a intentarlo más tarde.',
} as const;
